package io.lightstream.mmap;

import static io.lightstream.codec.build.Columns.int64;
import static io.lightstream.codec.build.Columns.int8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.ipc.Footer;
import io.lightstream.codec.ipc.Ipc;
import io.lightstream.codec.ipc.Patch;
import io.lightstream.codec.memory.FileMappings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A file of 5 GB, nearly all of it holes, one buffer of which has 4.5 GB. */
class HugeBufferTest extends MemoryCheck {
    private static final int HEAD_BYTES = 8;
    private static final long ROWS = 560_000_000;
    private static final long WIDE_BYTES = ROWS * Long.BYTES;
    private static final long SMALL_BYTES = ROWS;

    /** One batch of {@code ROWS} rows of {wide: int64, small: int8}. */
    private Path write() throws IOException {
        byte[] file;
        try (RecordBatch batch = RecordBatch.of(memory, int64("wide", 1), int8("small", 1))) {
            file = Ipc.file(batch);
        }
        Footer.Block block = onlyBlock(file);
        byte[] messages = Arrays.copyOfRange(file, HEAD_BYTES, file.length);
        long body = WIDE_BYTES + SMALL_BYTES;
        Patch.of(messages, 1)
                .rows(ROWS)
                .node(0, ROWS, 0)
                .node(1, ROWS, 0)
                .buffer(1, 0, WIDE_BYTES)
                .buffer(2, WIDE_BYTES, 0)
                .buffer(3, WIDE_BYTES, SMALL_BYTES)
                .bodyLength(body);
        System.arraycopy(messages, 0, file, HEAD_BYTES, messages.length);
        patchFooter(file, block, body);
        Path path = folder.resolve("huge.arrow");
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(file, 0, (int) block.bodyOffset()), 0);
            long behind = block.bodyOffset() + body;
            channel.write(ByteBuffer.wrap(file, (int) block.end(), (int) (file.length - block.end())), behind);
            put(channel, block.bodyOffset() + WIDE_BYTES - Long.BYTES, 42);
            put(channel, block.bodyOffset() + WIDE_BYTES - 3 * Long.BYTES, -7);
            put(channel, behind - Long.BYTES, 5L << 56);
        }
        return path;
    }

    private Footer.Block onlyBlock(byte[] file) throws IOException {
        Path path = folder.resolve("template.arrow");
        java.nio.file.Files.write(path, file);
        try (MappedArrowFile template = MappedArrowFile.open(path)) {
            return template.block(0);
        }
    }

    /** The block stands in the footer as offset i64, metadata length i32, padding, body length i64. */
    private static void patchFooter(byte[] file, Footer.Block block, long bodyLength) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = (int) block.end(); at < file.length - 24; at++) {
            if (bytes.getLong(at) == block.offset()
                    && bytes.getInt(at + 8) == block.metadataLength()
                    && bytes.getLong(at + 16) == block.bodyLength()) {
                bytes.putLong(at + 16, bodyLength);
                return;
            }
        }
        throw new AssertionError("no block in the footer");
    }

    private static void put(FileChannel channel, long position, long value) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        channel.write(bytes.putLong(0, value), position);
    }

    @Test
    void readsWhereTheJvmCanMapIt() throws IOException {
        Path path = write();
        assertThat(path.toFile().length()).isGreaterThan(5_000_000_000L);
        try (MappedArrowFile file = MappedArrowFile.open(path, memory.allocator(), MapOptions.defaults())) {
            if (FileMappings.LONGEST == Long.MAX_VALUE) {
                try (RecordBatch batch = file.batch(0)) {
                    checkWide(batch);
                    checkSmall(batch);
                }
            } else {
                assertThatThrownBy(() -> file.batch(0))
                        .isInstanceOf(UnsupportedFeatureException.class)
                        .hasMessageStartingWith("[" + path)
                        .hasMessageContaining("Java 22")
                        .hasMessageContaining(String.valueOf(WIDE_BYTES));
            }
            assertThat(memory.allocator().getAllocatedMemory()).isZero();
        }
    }

    @Test
    void otherColumnsReadEverywhere() throws IOException {
        Path path = write();
        MapOptions small = MapOptions.defaults().withColumns("small");
        try (MappedArrowFile file = MappedArrowFile.open(path, memory.allocator(), small);
                RecordBatch batch = file.batch(0)) {
            checkSmall(batch);
        }
    }

    private static void checkWide(RecordBatch batch) {
        assertThat(batch.rowCount()).isEqualTo(ROWS);
        assertThat(batch.aligned()).isTrue();
        assertThat(batch.column("wide").getLong(ROWS - 1)).isEqualTo(42);
        LongBuffer end = batch.column("wide").longs(ROWS - 10, 10);
        assertThat(end.get(9)).isEqualTo(42);
        assertThat(end.get(8)).isZero();
        assertThat(end.get(7)).isEqualTo(-7);
        try (RecordBatch slice = batch.slice(ROWS - 3, 3)) {
            assertThat(slice.column("wide").longs().get(0)).isEqualTo(-7);
        }
        // No NIO buffer is as long.
        assertThatThrownBy(() -> batch.column("wide").longs()).isInstanceOf(IllegalArgumentException.class);
    }

    private static void checkSmall(RecordBatch batch) {
        assertThat(batch.column("small").bytes().get((int) ROWS - 1)).isEqualTo((byte) 5);
        assertThat(batch.column("small").getInt(0)).isZero();
        assertThat(batch.column("small").data().isMapped(1)).isTrue();
    }
}
