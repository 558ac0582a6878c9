package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.Validation;
import io.lightstream.codec.build.UnionBuilder.Tagged;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DataType.UnionMode;
import io.lightstream.codec.schema.Field;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What contradicts itself without leading a reader out of bounds passes, unless the strictest validation is asked for. */
class AgreementReadTest {
    private LightstreamMemory memory;

    @BeforeEach
    void open() {
        memory = LightstreamMemory.create();
    }

    @AfterEach
    void close() {
        memory.close();
    }

    /** A column of which {@code lie} makes one that contradicts itself. */
    record Contradiction(Field field, List<Object> values, Consumer<Patch> lie, String says) {}

    static Stream<Contradiction> contradictions() {
        Field view = Field.of("v", new DataType.Utf8View());
        List<Object> texts = List.of("short", "a text too long to be inline");
        String unlikeItsValue = " of field 'v': expected the first bytes of its value, or zeros behind it";
        Field union = Field.of(
                "v", new DataType.Union(UnionMode.DENSE, List.of(3, 7)), Tables.INT, Tables.TEXT.withName("w"));
        List<Object> tagged = List.of(new Tagged(3, 1), new Tagged(7, "x"), new Tagged(3, 2));
        Field ends = Field.required("run_ends", new DataType.Int(32, true));
        Field runs = Field.of("v", new DataType.RunEndEncoded(), ends, Tables.INT);
        return Stream.of(
                new Contradiction(
                        Tables.INT,
                        Arrays.asList(1, null, 3, null),
                        p -> p.node(0, 4, 3),
                        "null count of field 'v': expected 2, found 3"),
                new Contradiction(
                        Field.of("v", new DataType.Null()),
                        Arrays.asList(null, null),
                        p -> p.node(0, 2, 0),
                        "null count of field 'v': expected 2, found 0"),
                new Contradiction(
                        runs, List.of(5, 5, 6), p -> p.node(0, 3, 1), "null count of field 'v': expected 0, found 1"),
                new Contradiction(view, texts, p -> p.putByte(p.inBuffer(1, 4 + 5), 'x'), "view 0" + unlikeItsValue),
                new Contradiction(view, texts, p -> p.putByte(p.inBuffer(1, 15), 1), "view 0" + unlikeItsValue),
                new Contradiction(view, texts, p -> p.putByte(p.inBuffer(1, 16 + 7), 'x'), "view 1" + unlikeItsValue),
                new Contradiction(
                        union,
                        tagged,
                        p -> p.putInt(p.inBuffer(1, 0), 1).putInt(p.inBuffer(1, 8), 0),
                        "row 2 of union 'v': expected an offset not below those before it in the same child"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void isRefusedOnRequest(Contradiction contradiction) throws IOException {
        byte[] stream;
        try (RecordBatch batch = Tables.column(
                memory.allocator(),
                contradiction.field(),
                contradiction.values().toArray())) {
            stream = Ipc.stream(batch);
        }
        assertThat(rows(stream, Validation.FULL_UTF8))
                .isEqualTo(contradiction.values().size());
        contradiction.lie().accept(Patch.of(stream, 1));
        assertThat(rows(stream, Validation.FULL))
                .isEqualTo(contradiction.values().size());
        assertThatThrownBy(() -> rows(stream, Validation.FULL_UTF8))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessageContaining(contradiction.says());
    }

    private long rows(byte[] stream, Validation validation) throws IOException {
        IpcReadOptions options = Ipc.READ.withValidation(validation);
        try (BatchReader reader =
                IpcStreamReader.open(new InMemoryFile(stream).asStream(), memory.allocator(), options)) {
            assertThat(reader.next()).isTrue();
            return reader.batch().rowCount();
        }
    }
}
