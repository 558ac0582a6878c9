package io.lightstream.readme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.Column;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.ipc.IpcAppendOptions;
import io.lightstream.codec.ipc.IpcFileRecovery;
import io.lightstream.codec.ipc.IpcFileWriter;
import io.lightstream.codec.ipc.IpcStreamWriter;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.ipc.RecoveryReport;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import io.lightstream.mmap.MappedArrowFile;
import io.lightstream.mmap.MappedDataset;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each example of docs/mapping.md stands here between its marks, to the letter, and is run. */
class MappingExamplesTest {
    private static final int ROWS = 1_000;
    private static final String[] VENUES = {"XETR", "XNAS", "XLON"};

    @TempDir
    Path folder;

    private Path path = Path.of("");

    /** Prices are 0, 1, 2, ... and null in every seventh row; every tenth note says late. */
    @BeforeEach
    void write() throws IOException {
        path = folder.resolve("2026-11-21.arrow");
        Schema schema = Schema.of(
                Field.of("id", new DataType.Int(64, true)),
                Field.of("price", new DataType.FloatingPoint(64)),
                Field.of("venue", new DataType.Utf8())
                        .withDictionary(new DictionaryEncoding(1, new DataType.Int(32, true), false)),
                Field.of("note", new DataType.Utf8()));
        try (LightstreamMemory memory = LightstreamMemory.create();
                BatchBuilder rows = BatchBuilder.create(schema, memory.allocator());
                IpcFileWriter out =
                        IpcFileWriter.open(FileChannel.open(path, CREATE, WRITE), schema, IpcWriteOptions.defaults())) {
            for (long row = 0; row < ROWS; row++) {
                rows.column(0).appendValue(row);
                rows.column(1).appendValue(row % 7 == 6 ? null : (Object) (double) row);
                rows.column(2).appendValue(VENUES[(int) row % VENUES.length]);
                rows.column(3).appendValue("n".repeat((int) row % 50) + (row % 10 == 3 ? "late" : "lat"));
            }
            try (RecordBatch batch = rows.finish()) {
                out.write(batch);
            }
        }
    }

    private <T> T scan(Function<RecordBatch, T> scan) throws IOException {
        try (MappedArrowFile file = MappedArrowFile.open(path);
                RecordBatch batch = file.batch(0)) {
            return scan.apply(batch);
        }
    }

    @Test
    void opens() throws IOException {
        long newest;
        // example: open
        try (var file = MappedArrowFile.open(path);
                RecordBatch last = file.batch(file.batchCount() - 1)) {
            LongBuffer ids = last.column("id").longs(); // read-only, over the file's own bytes
            newest = ids.get(ids.limit() - 1);
        }
        // end
        assertThat(newest).isEqualTo(ROWS - 1);
    }

    @Test
    void sums() throws IOException {
        Long found = scan(batch -> {
            // example: sum
            long sum = 0;
            LongBuffer ids = batch.column("id").longs();
            for (int row = 0; row < ids.limit(); row++) {
                sum += ids.get(row);
            }
            // end
            return sum;
        });
        assertThat(found).isEqualTo(ROWS * (ROWS - 1L) / 2);
    }

    @Test
    void sumsWithNulls() throws IOException {
        double expected = 0;
        for (int row = 0; row < ROWS; row++) {
            expected += row % 7 == 6 ? 0 : row;
        }
        Double found = scan(MappingExamplesTest::sumOfPrices);
        assertThat(found).isEqualTo(expected);
    }

    private static double sumOfPrices(RecordBatch batch) {
        // example: nulls
        double sum = 0;
        Column column = batch.column("price");
        DoubleBuffer prices = column.doubles();
        for (int start = 0; start < prices.limit(); start += Long.SIZE) {
            long valid = column.validityWord(start / Long.SIZE); // bits past the last row are 0
            if (valid == -1L) {
                for (int row = start; row < start + Long.SIZE; row++) {
                    sum += prices.get(row);
                }
            } else {
                for (; valid != 0; valid &= valid - 1) {
                    sum += prices.get(start + Long.numberOfTrailingZeros(valid));
                }
            }
        }
        // end
        return sum;
    }

    @Test
    void filters() throws IOException {
        int[] found = scan(batch -> {
            // example: filter
            int[] rows = new int[(int) batch.rowCount()];
            int passed = 0;
            LongBuffer ids = batch.column("id").longs();
            for (int row = 0; row < ids.limit(); row++) {
                rows[passed] = row;
                passed += ids.get(row) > 100 ? 1 : 0;
            }
            // end
            return Arrays.copyOf(rows, passed);
        });
        assertThat(found).startsWith(101, 102, 103).contains(999).hasSize(ROWS - 101);
    }

    @Test
    void groups() throws IOException {
        Map<String, Long> byVenue = new TreeMap<>();
        scan(batch -> {
            // example: group
            Column venues = batch.column("venue").dictionary().orElseThrow();
            long[] sums = new long[(int) venues.length()];
            IntBuffer indices = batch.column("venue").ints();
            LongBuffer ids = batch.column("id").longs();
            for (int row = 0; row < indices.limit(); row++) {
                sums[indices.get(row)] += ids.get(row);
            }
            for (int group = 0; group < sums.length; group++) {
                byVenue.put(venues.getString(group), sums[group]);
            }
            // end
            return sums;
        });
        assertThat(byVenue.keySet()).containsExactlyInAnyOrder(VENUES);
        assertThat(byVenue).containsEntry("XETR", 166_833L);
    }

    @Test
    void searchesText() throws IOException {
        Integer rows = scan(batch -> {
            // example: text
            int found = 0;
            byte[] word = "late".getBytes(UTF_8);
            IntBuffer offsets = batch.column("note").offsets();
            ByteBuffer bytes = batch.column("note").valueBytes();
            for (int row = 0; row < batch.rowCount(); row++) {
                boolean matches = false;
                for (int at = offsets.get(row); !matches && at + word.length <= offsets.get(row + 1); at++) {
                    int same = 0;
                    while (same < word.length && bytes.get(at + same) == word[same]) {
                        same++;
                    }
                    matches = same == word.length;
                }
                found += matches ? 1 : 0;
            }
            // end
            return found;
        });
        assertThat(rows).isEqualTo(ROWS / 10);
    }

    @Test
    void readsManyFiles() throws IOException {
        long rows = 0;
        // example: dataset
        try (var days = MappedDataset.open(folder + "/2026-*.arrow")) {
            for (RecordBatch batch : days) {
                rows += batch.rowCount();
            }
        }
        // end
        assertThat(rows).isEqualTo(ROWS);
    }

    @Test
    void followsAStream() throws IOException {
        long rows = 0;
        try (MappedArrowFile file = MappedArrowFile.open(path)) {
            path = folder.resolve("growing.arrows");
            try (IpcStreamWriter out = IpcStreamWriter.open(
                    FileChannel.open(path, CREATE, WRITE), file.schema(), IpcWriteOptions.defaults())) {
                for (RecordBatch batch : file) {
                    out.write(batch);
                }
            }
            // example: follow
            try (var growing = MappedArrowFile.follow(path)) {
                for (RecordBatch batch : growing) { // waits until one is complete
                    rows += batch.rowCount();
                }
            }
            // end
        }
        assertThat(rows).isEqualTo(ROWS);
    }

    @Test
    void appends() throws IOException {
        try (LightstreamMemory memory = LightstreamMemory.create();
                MappedArrowFile file = MappedArrowFile.open(path);
                RecordBatch batch = file.batch(0)) {
            // example: append
            try (var channel = FileChannel.open(path, READ, WRITE);
                    var out = IpcFileWriter.append(channel, memory.allocator(), IpcAppendOptions.defaults())) {
                out.write(batch);
            }
            RecoveryReport report = IpcFileRecovery.recover(path, memory.allocator()); // after a crash
            // end
            assertThat(report.isWhole()).isTrue();
        }
        try (MappedArrowFile file = MappedArrowFile.open(path);
                RecordBatch appended = file.batch(1)) {
            assertThat(file.batchCount()).isEqualTo(2);
            assertThat(sumOfPrices(appended)).isEqualTo(scan(MappingExamplesTest::sumOfPrices));
        }
    }
}
