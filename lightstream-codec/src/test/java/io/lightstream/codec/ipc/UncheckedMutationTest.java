package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.InvalidValueException;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Damaged values that nobody validated: whatever is done with such batches ends in values or in a declared error, nothing
 * else, and nothing stays allocated. {@code -Dlightstream.mutations=N} makes more of them, {@code -Dlightstream.mutations.seed=S}
 * begins with the one that a failure names.
 */
class UncheckedMutationTest {
    private static final int COUNT = Integer.getInteger("lightstream.mutations", 2_000);
    private static final long FIRST_SEED = Long.getLong("lightstream.mutations.seed", 1);
    /** Mutations of one table. */
    private static final int PER_TABLE = 10;
    /** Every value is used many times. */
    private static final int MOST_ROWS = 100;

    @Test
    void onlyDeclaredErrors() {
        long refusals = 0;
        int mutations = 0;
        for (long seed = FIRST_SEED; mutations < COUNT; seed++) {
            try (LightstreamMemory memory = LightstreamMemory.create()) {
                try (RandomBatches data = new RandomBatches(seed, memory.allocator())) {
                    List<RecordBatch> batches = data.batches();
                    if (batches.isEmpty() || batches.stream().anyMatch(b -> b.rowCount() > MOST_ROWS)) {
                        continue;
                    }
                    BodyMutator mutator = new BodyMutator(
                            Ipc.stream(data.schema(), IpcWriteOptions.defaults().withDictionaryDeltas(true), batches));
                    for (int i = 0; i < PER_TABLE && mutator.hasBodies(); i++, mutations++) {
                        refusals += use(mutator.mutate(new Random(seed * PER_TABLE + i)), batches, memory, seed);
                    }
                }
                assertThat(memory.allocator().getAllocatedMemory()).isZero();
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ": " + e, e);
            }
        }
        // Were nothing refused, the damage would be of the wrong kind.
        assertThat(refusals).isGreaterThan(COUNT);
    }

    private static long use(byte[] mutated, List<RecordBatch> good, LightstreamMemory memory, long seed)
            throws IOException {
        EveryUse uses = new EveryUse(memory, new Random(seed));
        long held = memory.allocator().getAllocatedMemory();
        try (BatchReader reader = Ipc.openStream(mutated, memory.allocator(), EveryUse.STRUCTURE)) {
            for (RecordBatch expected : good) {
                reader.next();
                uses.use(reader.batch(), expected);
            }
        } catch (InvalidValueException | LightstreamException delta) {
            // Values are followed where a delta is appended to a dictionary.
            assertThat(delta).hasMessageFindingMatch("found");
        }
        assertThat(memory.allocator().getAllocatedMemory()).isEqualTo(held);
        return uses.refusals();
    }
}
