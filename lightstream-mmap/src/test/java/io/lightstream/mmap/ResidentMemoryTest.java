package io.lightstream.mmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.ipc.IpcFileWriter;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.ForkedJvm;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reading one of four columns makes that column's pages resident, and no others. */
class ResidentMemoryTest extends MemoryCheck {
    private static final long FILE_BYTES = Integer.getInteger("lightstream.mapped.megabytes", 240) * 1_000_000L;
    private static final int COLUMNS = 4;
    private static final int BATCHES = 40;
    private static final long SLACK_BYTES = 100 << 20;
    /** Classes, buffers of the channel and the columns of 40 batches; the file is many times as long. */
    private static final long HEAP_BYTES = 20 << 20;

    @Test
    void oneColumnOfFour() throws Exception {
        Path path = folder.resolve("wide.arrow");
        int rows = (int) (FILE_BYTES / BATCHES / COLUMNS / Long.BYTES);
        write(path, rows);
        String[] found = ForkedJvm.run(ResidentMemoryProbe.class, List.of(path.toString()), "-Xmx64m")
                .get(0)
                .split(" ", -1);
        assertThat(Long.parseLong(found[0])).isEqualTo(BATCHES * (rows * (rows - 1L) / 2 + 2L * rows));
        long column = (long) BATCHES * rows * Long.BYTES;
        assertThat(Long.parseLong(found[1])).isBetween(column, column + SLACK_BYTES);
        assertThat(Long.parseLong(found[2])).isLessThan(HEAP_BYTES);
        assertThat(found[3]).isEqualTo("0");
        assertThat(found[4]).isEqualTo("0");
    }

    /** Row {@code r} of column {@code c} is {@code r + c}, in every batch. */
    private void write(Path path, int rows) throws IOException {
        Schema schema = Schema.of(IntStream.range(0, COLUMNS)
                .mapToObj(i -> Field.of("c" + i, new DataType.Int(64, true)))
                .toArray(Field[]::new));
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (IpcFileWriter writer = IpcFileWriter.open(channel, schema, IpcWriteOptions.defaults());
                BatchBuilder builder = BatchBuilder.create(schema, memory.allocator())) {
            for (int column = 0; column < COLUMNS; column++) {
                for (long row = 0; row < rows; row++) {
                    builder.column(column).appendValue(row + column);
                }
            }
            try (RecordBatch batch = builder.finish()) {
                for (int i = 0; i < BATCHES; i++) {
                    writer.write(batch);
                }
            }
        }
    }
}
