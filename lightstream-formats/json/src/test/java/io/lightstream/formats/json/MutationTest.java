package io.lightstream.formats.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.InvalidValueException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.Validation;
import io.lightstream.codec.ipc.IpcFileReader;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcStreamReader;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Damaged copies of good files are read whole or end in a declared error: nothing unchecked, no {@link Error}, nothing that
 * stays allocated. Run with another {@code -Dlightstream.mutations} for more of them, and with {@code
 * -Dlightstream.mutations.seed} for the one that a failure names.
 */
class MutationTest {
    private static final int COUNT = Integer.getInteger("lightstream.mutations", 2_000);
    private static final long FIRST_SEED = Long.getLong("lightstream.mutations.seed", 1);

    /** A damaged file may say that it has as many rows as it likes, of columns that take no memory. */
    private static final ReadLimits LIMITS =
            ReadLimits.defaults().withMaxRows(100_000).withMaxBodyBytes(64 << 20);

    private static final IpcReadOptions OPTIONS =
            IpcReadOptions.defaults().withLimits(LIMITS).withValidation(Validation.FULL);

    @FunctionalInterface
    private interface Opening {
        BatchReader open(byte[] bytes, LightstreamMemory memory) throws IOException;
    }

    @FunctionalInterface
    private interface Mutation {
        byte[] of(byte[] good, long seed);
    }

    @Test
    void files() throws IOException {
        List<Path> good = Corpora.golden().stream().map(Corpora.Golden::file).toList();
        mutate(
                good,
                Mutator::mutate,
                (bytes, memory) -> IpcFileReader.open(new BytesChannel(bytes), memory.allocator(), OPTIONS));
    }

    @Test
    void streams() throws IOException {
        List<Path> good = Corpora.golden().stream().map(Corpora.Golden::stream).toList();
        mutate(
                good,
                Mutator::mutate,
                (bytes, memory) -> IpcStreamReader.open(
                        Channels.newChannel(new ByteArrayInputStream(bytes)), memory.allocator(), OPTIONS));
    }

    /** Values that nobody validated are refused by who follows them, and the writer is one. */
    @Test
    void unchecked() throws IOException {
        List<Path> good = Corpora.golden().stream().map(Corpora.Golden::stream).toList();
        mutate(
                good,
                Mutator::mutate,
                (bytes, memory) -> new WrittenReader(IpcStreamReader.open(
                        Channels.newChannel(new ByteArrayInputStream(bytes)),
                        memory.allocator(),
                        OPTIONS.withValidation(Validation.STRUCTURE))));
    }

    @Test
    void json() throws IOException {
        List<Path> good = Corpora.golden().stream().map(Corpora.Golden::json).toList();
        Opening opening = (bytes, memory) ->
                JsonFormat.open(new ByteArrayInputStream(bytes), "mutated", memory.allocator(), LIMITS);
        // Damage to bytes leaves hardly any JSON that parses, so most of it is done to lines and numbers.
        mutate(good, TextMutator::mutate, opening);
        for (int seed = 1; seed <= COUNT / 10; seed++) {
            Path path = good.get(seed % good.size());
            read(opening, Mutator.mutate(content(path), seed), seed, path);
        }
    }

    private static void mutate(List<Path> good, Mutation mutation, Opening opening) throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (Path path : good) {
            contents.add(content(path));
        }
        int whole = 0;
        for (int i = 0; i < COUNT; i++) {
            long seed = FIRST_SEED + i;
            int which = (int) (seed % good.size());
            whole += read(opening, mutation.of(contents.get(which), seed), seed, good.get(which)) ? 1 : 0;
        }
        // Were everything refused, or everything accepted, the damage would be of the wrong kind.
        assertThat(whole).isBetween(COUNT / 1_000, COUNT * 9 / 10);
    }

    private static byte[] content(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        boolean zipped = path.toString().endsWith(".gz");
        return zipped ? new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes() : bytes;
    }

    private static boolean read(Opening opening, byte[] bytes, long seed, Path path) {
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            try (BatchReader reader = opening.open(bytes, memory)) {
                EveryValue.of(reader);
                return true;
            } catch (IOException | InvalidValueException declared) {
                return false;
            }
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + seed + " of " + path, e);
        }
    }
}
