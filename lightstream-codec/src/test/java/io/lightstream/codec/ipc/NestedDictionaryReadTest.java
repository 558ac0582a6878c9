package io.lightstream.codec.ipc;

import static io.lightstream.codec.ipc.Tables.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.LimitExceededException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dictionaries whose values are indices into another one that changes: what they mean, and what they keep alive. */
class NestedDictionaryReadTest {
    private static final Field INNER = Tables.dictionary(Field.of("item", new DataType.Utf8()), 6, 16, false);
    private static final Field OUTER = Tables.dictionary(Field.of("v", new DataType.ListType(), INNER), 5, 8, true);

    /** Of a stream that {@link #stream} makes. */
    private static final int SCHEMA = 0;

    private static final int INNER_VALUES = 1;
    private static final int OUTER_VALUES = 2;
    private static final int BATCH = 3;

    private LightstreamMemory memory;

    @BeforeEach
    void open() {
        memory = LightstreamMemory.create();
    }

    @AfterEach
    void close() {
        memory.close();
    }

    /** One batch of one row: a list of the last value, in a dictionary of lists, over the values. */
    private byte[] stream(String... values) {
        try (BatchBuilder builder = BatchBuilder.create(Schema.of(OUTER), memory)) {
            Tables.append(builder, List.of(values));
            Tables.append(builder, List.of(values[values.length - 1]));
            try (RecordBatch batch = builder.finish()) {
                return Ipc.stream(batch);
            }
        }
    }

    private static byte[] message(byte[] stream, int index) {
        Patch message = Patch.of(stream, index);
        byte[] bytes = new byte[message.end() - message.position()];
        System.arraycopy(stream, message.position(), bytes, 0, bytes.length);
        return bytes;
    }

    private static byte[] asDelta(byte[] dictionary) {
        Patch patch = Patch.of(dictionary, 0);
        patch.putByte(patch.root().table(2).at(2), 1);
        return dictionary;
    }

    private static byte[] join(byte[]... messages) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            joined.writeBytes(message);
        }
        return joined.toByteArray();
    }

    /** The texts of all batches and, at the end, of all values of the outer dictionary. */
    private List<List<String>> read(byte[] stream, IpcReadOptions options, BufferAllocator allocator)
            throws IOException {
        List<List<String>> read = new ArrayList<>();
        try (BatchReader reader = IpcStreamReader.open(new InMemoryFile(stream).asStream(), allocator, options)) {
            List<String> last = List.of();
            while (reader.next()) {
                read.add(texts(reader.batch().column(0)));
                last = texts(reader.batch().column(0).dictionary().orElseThrow());
            }
            read.add(last);
        }
        assertThat(allocator.getAllocatedMemory()).isZero();
        return read;
    }

    private List<List<String>> read(byte[]... messages) throws IOException {
        return read(join(messages), Ipc.READ, memory.allocator());
    }

    @Test
    void outerValuesKeepTheInnerDictionaryThatTheyCameWith() throws IOException {
        byte[] old = stream("x", "y", "z");
        byte[] other = stream("w");
        assertThat(read(
                        message(old, SCHEMA),
                        message(old, INNER_VALUES),
                        message(old, OUTER_VALUES),
                        message(other, INNER_VALUES),
                        message(old, BATCH),
                        message(other, OUTER_VALUES),
                        message(other, BATCH)))
                .containsExactly(List.of("[x, y, z]", "[z]"), List.of("[w]", "[w]"), List.of("[w]"));
    }

    /** The values that were there would point into other values, or nowhere. */
    @Test
    void anOuterDeltaOverOtherInnerValuesIsRefused() {
        byte[] old = stream("x", "y", "z");
        byte[] other = stream("w");
        byte[] before = join(
                message(old, SCHEMA),
                message(old, INNER_VALUES),
                message(old, OUTER_VALUES),
                message(other, INNER_VALUES));
        assertThatThrownBy(() -> read(before, asDelta(message(other, OUTER_VALUES)), message(old, BATCH)))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessage(
                        "[test @%d] delta of dictionary 5: expected dictionary 6 to begin with the values that it had"
                                + " for those before, found others",
                        before.length);
    }

    @Test
    void anOuterDeltaMayFollowALongerInnerDictionary() throws IOException {
        byte[] old = stream("x", "y", "z");
        byte[] longer = stream("x", "y", "z", "w");
        assertThat(read(
                        message(old, SCHEMA),
                        message(old, INNER_VALUES),
                        message(old, OUTER_VALUES),
                        message(longer, INNER_VALUES),
                        asDelta(message(longer, OUTER_VALUES)),
                        message(old, BATCH)))
                .containsExactly(List.of("[x, y, z]", "[z]"), List.of("[x, y, z]", "[z]", "[x, y, z, w]", "[w]"));
    }

    @Test
    void deltasWithoutValuesChangeNothing() throws IOException {
        byte[] stream = stream("x", "y");
        assertThat(read(
                        message(stream, SCHEMA),
                        message(stream, INNER_VALUES),
                        message(stream, OUTER_VALUES),
                        asDelta(withoutRows(message(stream, OUTER_VALUES))),
                        message(stream, BATCH)))
                .containsExactly(List.of("[x, y]", "[y]"), List.of("[x, y]", "[y]"));
    }

    /** A dictionary batch without rows and without a body. */
    private static byte[] withoutRows(byte[] dictionary) {
        Patch patch = Patch.of(dictionary, 0);
        int body = patch.body();
        patch.rows(0).node(0, 0, 0).node(1, 0, 0).bodyLength(0);
        for (int buffer = 0; buffer < 4; buffer++) {
            patch.buffer(buffer, 0, 0);
        }
        return java.util.Arrays.copyOf(dictionary, body);
    }

    /** They take no bytes, so it is their number that is limited. */
    @Test
    void whatWaitsIsLimitedInNumber() throws LightstreamException {
        byte[] stream = stream("x", "y");
        ByteBuffer schema = ByteBuffer.wrap(message(stream, SCHEMA));
        ByteBuffer first = ByteBuffer.wrap(withoutRows(message(stream, OUTER_VALUES)));
        ByteBuffer delta = ByteBuffer.wrap(asDelta(withoutRows(message(stream, OUTER_VALUES))));
        try (IpcMessageDecoder decoder = IpcMessageDecoder.open(memory.allocator(), Ipc.READ)) {
            decoder.decode(schema);
            decoder.decode(first);
            for (int i = 1; i < 1 << 16; i++) {
                decoder.decode(delta);
            }
            assertThatThrownBy(() -> decoder.decode(delta))
                    .isInstanceOf(LimitExceededException.class)
                    .hasMessage("[test @0] dictionaries that wait for those they refer to: expected at most 65536,"
                            + " found 65537");
        }
    }

    /** 100 versions of an inner dictionary, of which the outer one refers to the last. */
    @Test
    void replacedDictionariesAreGivenUp() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < 100; i++) {
            byte[] version = stream("v" + i + "-".repeat(20_000));
            if (i == 0) {
                stream.writeBytes(message(version, SCHEMA));
            }
            stream.writeBytes(message(version, INNER_VALUES));
            stream.writeBytes(message(version, OUTER_VALUES));
        }
        try (BufferAllocator tight = memory.newChild("tight", 200_000)) {
            assertThat(read(stream.toByteArray(), Ipc.READ, tight)).hasSize(1);
        }
    }

    /** The outer one still refers to what was replaced. */
    @Test
    void replacedDictionariesCountWhileTheyAreReferredTo() throws IOException {
        byte[] one = stream("a".repeat(40_000));
        byte[] other = stream("b".repeat(40_000));
        byte[] stream = join(
                message(one, SCHEMA),
                message(one, INNER_VALUES),
                message(one, OUTER_VALUES),
                message(other, INNER_VALUES),
                message(one, BATCH));
        IpcReadOptions enough = Ipc.READ.withLimits(Ipc.READ.limits().withMaxDictionaryBytes(150_000));
        assertThat(read(stream, enough, memory.allocator())).hasSize(2);
        IpcReadOptions tight = Ipc.READ.withLimits(Ipc.READ.limits().withMaxDictionaryBytes(75_000));
        assertThatThrownBy(() -> read(stream, tight, memory.allocator()))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("maxDictionaryBytes");
        // Sent again, the outer one gives up what it referred to.
        byte[] inTurn = join(
                message(one, SCHEMA),
                message(one, INNER_VALUES),
                message(one, OUTER_VALUES),
                message(other, OUTER_VALUES),
                message(other, BATCH));
        assertThat(read(inTurn, tight, memory.allocator())).hasSize(2);
    }
}
