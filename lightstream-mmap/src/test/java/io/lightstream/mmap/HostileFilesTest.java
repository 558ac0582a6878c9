package io.lightstream.mmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.Column;
import io.lightstream.codec.InvalidValueException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.Validation;
import io.lightstream.codec.ipc.Compression;
import io.lightstream.codec.ipc.EveryValue;
import io.lightstream.codec.ipc.Ipc;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.ipc.Mutator;
import io.lightstream.codec.ipc.RandomBatches;
import io.lightstream.codec.ipc.TestCorpora;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged files are read whole or end in a declared error, and leave nothing behind. Run with {@code -Dlightstream.mutations} for
 * more of them.
 */
class HostileFilesTest extends MemoryCheck {
    private static final int COUNT = Integer.getInteger("lightstream.mutations", 2_000);
    private static final long FIRST_SEED = Long.getLong("lightstream.mutations.seed", 1);
    /** As many rows of each batch are read by row where nobody checked them. */
    private static final int MOST_ROWS = 100;

    private static final int CUT_STEP = 64;
    /** Every cut of a file is read twice. */
    private static final int LONGEST_TO_CUT = 60_000;

    private static final ReadLimits LIMITS =
            ReadLimits.defaults().withMaxRows(100_000).withMaxBodyBytes(64 << 20);
    private static final MapOptions STRUCTURE = MapOptions.defaults().withLimits(LIMITS);
    private static final MapOptions FULL = STRUCTURE.withValidation(Validation.FULL);
    private static final List<Compression> COMPRESSIONS =
            List.of(Compression.NONE, Compression.LZ4_FRAME, Compression.ZSTD);

    @Test
    void everyCutOfFilesOfManySchemas() throws IOException {
        int cuts = 0;
        for (long seed = 1; seed <= 30; seed++) {
            try (RandomBatches data = new RandomBatches(seed, memory.allocator())) {
                IpcWriteOptions options = IpcWriteOptions.defaults()
                        .withCompression(COMPRESSIONS.get((int) (seed % 3)))
                        .withDictionaryDeltas(seed % 2 == 0);
                byte[] file = Ipc.file(data.schema(), options, data.batches());
                if (file.length <= LONGEST_TO_CUT) {
                    cuts += cut("file", file, seed);
                    cuts += cut("stream", Ipc.stream(data.schema(), options, data.batches()), seed);
                }
            }
        }
        assertThat(cuts).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @CsvSource({".arrow_file, file", ".stream, stream"})
    void everyCutOfGoldenFiles(String suffix, String name) throws IOException {
        int cuts = 0;
        for (Path golden : TestCorpora.golden(suffix)) {
            cuts += cut(name, Files.readAllBytes(golden), 0);
        }
        assertThat(cuts).isGreaterThan(5_000);
    }

    private int cut(String name, byte[] bytes, long seed) throws IOException {
        Path path = Files.write(folder.resolve(name), bytes);
        int cuts = 0;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            for (int length = (bytes.length - 1) / CUT_STEP * CUT_STEP; length >= 0; length -= CUT_STEP) {
                channel.truncate(length);
                boolean full = reads(path, FULL, seed);
                boolean structure = reads(path, STRUCTURE, seed);
                // A stream may end between two messages, a file never does.
                assertThat((full || structure) && name.equals("file")).isFalse();
                cuts++;
            }
        }
        assertThat(OwnProcess.mappingsOf(path)).isEmpty();
        return cuts;
    }

    @ParameterizedTest
    @ValueSource(strings = {".arrow_file", ".stream"})
    void mutations(String suffix) throws IOException {
        List<Path> good = TestCorpora.golden(suffix);
        List<byte[]> contents = new ArrayList<>();
        for (Path path : good) {
            contents.add(Files.readAllBytes(path));
        }
        Path path = folder.resolve("mutated");
        int whole = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + COUNT; seed++) {
            Files.write(path, Mutator.mutate(contents.get((int) (seed % good.size())), seed));
            whole += reads(path, FULL, seed) ? 1 : 0;
            reads(path, STRUCTURE, seed);
        }
        assertThat(whole).isBetween(COUNT / 1_000, COUNT * 9 / 10);
    }

    /** Getters refuse values that lead nowhere, and read whatever else is there. */
    private static void useUnchecked(Column column) {
        for (long row = 0; row < Math.min(column.length(), MOST_ROWS); row++) {
            try {
                assertThat(column.text(row)).isNotNull();
            } catch (InvalidValueException refused) {
                assertThat(refused).hasMessageFindingMatch("found");
            }
        }
    }

    /** Whether all of it was read. */
    private boolean reads(Path path, MapOptions options, long seed) {
        try (MappedArrowFile file = MappedArrowFile.open(path, memory.allocator(), options)) {
            if (options.validation() == Validation.FULL) {
                EveryValue.of(file);
            } else {
                while (file.next()) {
                    file.batch().columns().forEach(HostileFilesTest::useUnchecked);
                }
            }
            return true;
        } catch (IOException declared) {
            return false;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + seed + ", " + options.validation(), e);
        }
    }
}
