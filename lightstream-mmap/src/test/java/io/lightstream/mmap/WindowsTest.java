package io.lightstream.mmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.ipc.Ipc;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Files that one mapping cannot span, as large ones before Java 22. */
class WindowsTest extends MemoryCheck {
    private static final int COLUMNS = 20;
    private static final int ROWS = 1_000;
    private static final int COLUMN_BYTES = ROWS * Long.BYTES;

    private Path write() throws IOException {
        Schema schema = Schema.of(IntStream.range(0, COLUMNS)
                .mapToObj(i -> Field.of("c" + i, new DataType.Int(64, true)))
                .toArray(Field[]::new));
        try (BatchBuilder builder = BatchBuilder.create(schema, memory.allocator())) {
            for (int column = 0; column < COLUMNS; column++) {
                for (int row = 0; row < ROWS; row++) {
                    builder.column(column).appendValue((long) column * ROWS + row);
                }
            }
            try (RecordBatch batch = builder.finish()) {
                return Files.write(folder.resolve("wide.arrow"), Ipc.file(batch, batch));
            }
        }
    }

    private MappedArrowFile open(Path path, MapOptions options, long longest) throws IOException {
        return MappedArrowFile.open(path, memory::allocator, options, longest);
    }

    @Test
    void aBatchSpansSeveral() throws IOException {
        Path path = write();
        for (int longest : new int[] {COLUMN_BYTES, COLUMN_BYTES + 1, 20_000, 65_535, 1 << 20}) {
            try (MappedArrowFile file = open(path, MapOptions.defaults(), longest);
                    RecordBatch second = file.batch(1);
                    RecordBatch first = file.batch(0)) {
                for (int column = 0; column < COLUMNS; column++) {
                    for (RecordBatch batch : new RecordBatch[] {first, second}) {
                        assertThat(batch.column(column).data().isMapped(1)).isTrue();
                        assertThat(batch.column(column).longs().get(ROWS - 1)).isEqualTo((column + 1L) * ROWS - 1);
                    }
                }
                assertThat(first.aligned()).isTrue();
                assertThat(memory.allocator().getAllocatedMemory()).isZero();
            }
            assertThat(OwnProcess.mappingsOf(path)).isEmpty();
        }
    }

    @Test
    void whatTheSystemRefusesIsAnIOException() throws IOException {
        Path path = write();
        FileChannel channel = FileChannel.open(path);
        try (FileWindows windows = new FileWindows(channel, path.toString(), channel.size(), 20_000)) {
            channel.close();
            assertThatThrownBy(() -> windows.body(0).window(8, 8)).isInstanceOf(ClosedChannelException.class);
        }
    }

    @Test
    void windowsOfBatchesGoWithThem() throws IOException {
        Path path = write();
        RecordBatch slice;
        try (MappedArrowFile file = open(path, MapOptions.defaults(), 20_000);
                RecordBatch batch = file.batch(0)) {
            slice = batch.slice(10, 5);
            file.batch(1).close();
        }
        assertThat(OwnProcess.mappingsOf(path)).isNotEmpty();
        assertThat(slice.column(COLUMNS - 1).getLong(0)).isEqualTo((COLUMNS - 1L) * ROWS + 10);
        slice.close();
        assertThat(OwnProcess.mappingsOf(path)).isEmpty();
    }

    @Test
    void aColumnMapsNoMoreThanItsWindow() throws IOException {
        Path path = write();
        try (MappedArrowFile file = open(path, MapOptions.defaults().withColumns("c7"), 20_000);
                RecordBatch batch = file.batch(1)) {
            assertThat(batch.column("c7").getLong(3)).isEqualTo(7_003);
            assertThat(OwnProcess.mappingsOf(path)).hasSize(1);
        }
    }

    @Test
    void aBufferLongerThanAWindowIsRefusedAndLeavesNothing() throws IOException {
        try (MappedArrowFile file = open(write(), MapOptions.defaults(), COLUMN_BYTES - 1)) {
            assertThatThrownBy(() -> file.batch(0))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageContaining("Java 22")
                    .hasMessageContaining(String.valueOf(COLUMN_BYTES));
        }
    }
}
