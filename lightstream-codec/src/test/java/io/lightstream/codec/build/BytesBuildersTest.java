package io.lightstream.codec.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lightstream.codec.Column;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BytesBuildersTest {
    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingLeaks() {
        memory.close();
    }

    static Stream<DataType> types() {
        return Stream.of(new DataType.Binary(), new DataType.LargeBinary(), new DataType.BinaryView());
    }

    /** Short values take different ways through memory by their length. */
    @ParameterizedTest
    @MethodSource("types")
    void valuesOfEveryLengthFromArraysAndFromMemory(DataType type) {
        byte[] random = new byte[4096];
        new Random(1).nextBytes(random);
        try (BatchBuilder builder = builder(type);
                ArrowBuf source = memory.allocator().buffer(random.length)) {
            NativeMemory.copy(random, 0, source.memoryAddress(), random.length);
            BytesBuilder bytes = builder.bytes("v");
            for (int length = 0; length < 300; length++) {
                bytes.append(random, length, length);
                bytes.appendFrom(source.memoryAddress() + length, length);
            }
            try (RecordBatch batch = builder.finish()) {
                Column column = batch.column(0);
                for (int length = 0; length < 300; length++) {
                    byte[] expected = Arrays.copyOfRange(random, length, 2 * length);
                    assertThat(column.getBytes(2L * length)).isEqualTo(expected);
                    assertThat(column.getBytes(2L * length + 1)).isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void oneValueMayBeLargerThanAnyBlock(DataType type) {
        byte[] large = new byte[5 << 20];
        new Random(2).nextBytes(large);
        try (BatchBuilder builder = builder(type)) {
            builder.bytes("v").append("a value before the large one".getBytes(UTF_8));
            builder.bytes("v").append(large);
            builder.bytes("v").append("a value after the large one".getBytes(UTF_8));
            try (RecordBatch batch = builder.finish()) {
                assertThat(batch.column(0).getBytes(1)).isEqualTo(large);
                assertThat(batch.column(0).getBytes(2)).isEqualTo("a value after the large one".getBytes(UTF_8));
                assertThat(batch.aligned()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void aFailedAppendLeavesTheColumnAsItWas(DataType type) {
        try (BufferAllocator small = memory.newChild("small", 64 << 10);
                BatchBuilder builder = BatchBuilder.create(Schema.of(Field.of("v", type)), small)) {
            BytesBuilder bytes = builder.bytes("v");
            bytes.append("the first value there is".getBytes(UTF_8));
            assertThatExceptionOfType(OutOfMemoryException.class).isThrownBy(() -> bytes.append(new byte[100_000]));
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> bytes.append(new byte[3], 1, 3));
            assertThat(bytes.length()).isEqualTo(1);
            bytes.append("and the next".getBytes(UTF_8));
            try (RecordBatch batch = builder.finish()) {
                assertThat(batch.column(0).getBytes(0)).isEqualTo("the first value there is".getBytes(UTF_8));
                assertThat(batch.column(0).getBytes(1)).isEqualTo("and the next".getBytes(UTF_8));
            }
        }
    }

    @Test
    void textIsEncodedAsUtf8() {
        try (BatchBuilder builder = builder(new DataType.Utf8())) {
            builder.bytes("v").append(CharBuffer.wrap("grüße, 世界 \uD83D\uDE80"));
            try (RecordBatch batch = builder.finish()) {
                assertThat(batch.column(0).getString(0)).isEqualTo("grüße, 世界 \uD83D\uDE80");
            }
        }
    }

    @Test
    void viewsShareMemoryThatExists() {
        byte[] text = "a line of text that several rows point into".getBytes(UTF_8);
        try (BatchBuilder builder = builder(new DataType.Utf8View())) {
            ViewBuilder views = builder.column("v").as(ViewBuilder.class);
            long address;
            try (ArrowBuf line = memory.allocator().buffer(64)) {
                address = line.memoryAddress();
                NativeMemory.copy(text, 0, address, text.length);
                views.append("own text, too long for a view");
                int shared = views.share(line);
                views.appendShared(shared, 2, 20);
                views.appendShared(shared, 0, 6);
                views.append("more text of the builder's own");
                assertThatExceptionOfType(IndexOutOfBoundsException.class)
                        .isThrownBy(() -> views.appendShared(shared, 60, 5));
            }
            try (RecordBatch batch = builder.finish()) {
                Column column = batch.column(0);
                assertThat(column.text(0)).isEqualTo("own text, too long for a view");
                assertThat(column.text(1)).isEqualTo("line of text that se");
                assertThat(column.text(2)).isEqualTo("a line");
                assertThat(column.text(3)).isEqualTo("more text of the builder's own");
                assertThat(column.data().bufferCount()).isEqualTo(4);
                assertThat(column.data().address(3)).isEqualTo(address);
            }
        }
    }

    private BatchBuilder builder(DataType type) {
        return BatchBuilder.create(Schema.of(Field.of("v", type)), memory);
    }
}
