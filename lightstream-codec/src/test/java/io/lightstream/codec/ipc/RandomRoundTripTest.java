package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.Validation;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Random tables go stream → file → stream and come back as they were. {@code -Dlightstream.roundTrips=N} runs more of them,
 * {@code -Dlightstream.seed=S} begins with another one.
 */
class RandomRoundTripTest {
    private static final int COUNT = Integer.getInteger("lightstream.roundTrips", 300);
    private static final long SEED = Long.getLong("lightstream.seed", 20_261_121L);
    /** Reading it byte by byte takes long. */
    private static final int SMALL_BYTES = 100_000;

    private static final List<Compression> COMPRESSIONS =
            List.of(Compression.NONE, Compression.LZ4_FRAME, Compression.ZSTD);

    @Test
    void tablesOfEveryTypeComeBack() {
        for (long seed = SEED; seed < SEED + COUNT; seed++) {
            try (LightstreamMemory memory = LightstreamMemory.create()) {
                try (RandomBatches data = new RandomBatches(seed, memory.allocator())) {
                    roundTrip(data, COMPRESSIONS.get((int) (seed % 3)), seed % 2 == 0, memory);
                }
                assertThat(memory.allocator().getAllocatedMemory()).isZero();
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ": " + e, e);
            }
        }
    }

    private static void roundTrip(RandomBatches data, Compression compression, boolean deltas, LightstreamMemory memory)
            throws IOException {
        IpcWriteOptions options =
                IpcWriteOptions.defaults().withCompression(compression).withDictionaryDeltas(deltas);
        byte[] stream = Ipc.stream(data.schema(), options, data.batches());
        IpcReadOptions read = Ipc.READ.withValidation(Validation.FULL_UTF8);
        try (IpcStreamReader reader = IpcStreamReader.open(new InMemoryFile(stream), memory.allocator(), read)) {
            check(reader, data, true);
        }
        if (stream.length < SMALL_BYTES) {
            try (IpcStreamReader reader =
                    IpcStreamReader.open(new InMemoryFile(stream, 1).asStream(), memory.allocator(), read)) {
                check(reader, data, true);
            }
        }
        byte[] file = convert(stream, options, memory);
        try (IpcFileReader reader = IpcFileReader.open(new InMemoryFile(file, 1000), memory.allocator(), read)) {
            check(reader, data, true);
        }
        try (IpcFileReader reader = IpcFileReader.open(new InMemoryFile(file), memory.allocator(), read)) {
            assertThat(reader.batchCount()).isEqualTo(data.batches().size());
            for (int i = reader.batchCount() - 1; i >= 0; i--) {
                try (RecordBatch batch = reader.read(i)) {
                    checkBatch(data.batches().get(i), batch, true);
                }
            }
            List<RecordBatch> taken = take(reader, memory);
            byte[] again = Ipc.stream(data.schema(), IpcWriteOptions.defaults(), taken);
            taken.forEach(RecordBatch::close);
            try (IpcStreamReader last = Ipc.openStream(again, memory.allocator())) {
                check(last, data, true);
            }
        }
    }

    /** From reader to writer, batch by batch. */
    private static byte[] convert(byte[] stream, IpcWriteOptions options, LightstreamMemory memory) throws IOException {
        try (IpcStreamReader reader = Ipc.openStream(stream, memory.allocator())) {
            List<RecordBatch> taken = take(reader, memory);
            byte[] file = Ipc.file(reader.schema(), options, taken);
            taken.forEach(RecordBatch::close);
            return file;
        }
    }

    private static List<RecordBatch> take(BatchReader reader, LightstreamMemory memory) throws IOException {
        List<RecordBatch> taken = new ArrayList<>();
        while (reader.next()) {
            taken.add(reader.batch().take(memory.allocator()));
        }
        return taken;
    }

    private static void check(BatchReader found, RandomBatches expected, boolean aligned) throws IOException {
        assertThat(found.schema()).isEqualTo(expected.schema());
        for (RecordBatch batch : expected.batches()) {
            assertThat(found.next()).isTrue();
            checkBatch(batch, found.batch(), aligned);
        }
        assertThat(found.next()).isFalse();
        assertThat(found.next()).isFalse();
    }

    private static void checkBatch(RecordBatch expected, RecordBatch found, boolean aligned) {
        assertThat(BatchComparison.compare(expected, found)).isEmpty();
        assertThat(found.metadata()).isEqualTo(expected.metadata());
        assertThat(found.aligned()).isEqualTo(aligned);
    }
}
