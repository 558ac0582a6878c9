package io.lightstream.codec.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcStreamReader;
import io.lightstream.codec.ipc.IpcStreamWriter;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.ipc.RandomBatches;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.regex.Pattern;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.Test;

/**
 * Random tables, in which fields often share a name, through vectors of Arrow Java and back: they come back as they were, or are
 * refused for one of the reasons that there are. {@code -Dlightstream.bridges=N} runs more of them, {@code
 * -Dlightstream.seed=S} begins with another one.
 */
class RandomBridgeTest {
    private static final int COUNT = Integer.getInteger("lightstream.bridges", 1500);
    private static final long SEED = Long.getLong("lightstream.seed", 20_261_121L);

    /** What Arrow Java has no vector for. */
    private static final Pattern REASON = Pattern.compile("column '.*': Arrow Java (has no vector for decimal(32|64).*"
            + "|has no vector for fixed_size_binary\\[0\\].*"
            + "|makes no vector for .*FixedSizeList\\(\\d+\\)[^<]*<.*: Union.*Inner vector type mismatch.*)");

    private int converted;
    private int refused;

    @Test
    void everySchemaIsConvertedOrRefused() {
        for (long seed = SEED; seed < SEED + COUNT; seed++) {
            try (LightstreamMemory memory = LightstreamMemory.create();
                    RandomBatches data = new RandomBatches(seed, memory.allocator())) {
                for (ArrowConversion conversion : ArrowConversion.values()) {
                    long before = memory.allocator().getAllocatedMemory();
                    convert(data, conversion, memory);
                    assertThat(memory.allocator().getAllocatedMemory()).isEqualTo(before);
                }
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ": " + e, e);
            }
        }
        assertThat(converted).isGreaterThan(COUNT);
        assertThat(refused).isGreaterThan(COUNT / 10);
    }

    private void convert(RandomBatches data, ArrowConversion conversion, LightstreamMemory memory) throws IOException {
        try {
            for (RecordBatch batch : data.batches()) {
                try (ArrowBatch arrow = ArrowBatches.toRoot(batch, memory.allocator(), conversion);
                        RecordBatch back = back(arrow, data.schema(), conversion)) {
                    check(batch, back, conversion);
                }
                converted++;
            }
            readAsArrow(data, conversion, memory);
        } catch (UnsupportedFeatureException e) {
            assertThat(e).hasMessageMatching(REASON);
            refused++;
        } catch (IllegalArgumentException e) {
            // Vectors of sparse unions number their children by kind, whatever the schema said: two of a kind are one.
            assertThat(conversion).isEqualTo(ArrowConversion.WIDEN);
            assertThat(e).hasMessageMatching("union type id \\d+: expected one for each child, found it twice");
            refused++;
        }
    }

    private static RecordBatch back(ArrowBatch arrow, Schema schema, ArrowConversion conversion) {
        return conversion == ArrowConversion.EXACT
                ? ArrowBatches.borrow(arrow.root(), arrow.dictionaries(), schema)
                : ArrowBatches.borrow(arrow.root(), arrow.dictionaries());
    }

    /** Widened ones differ in type; those of every conversion have all their rows. */
    private static void check(RecordBatch expected, RecordBatch found, ArrowConversion conversion) {
        if (conversion == ArrowConversion.EXACT) {
            assertThat(BatchComparison.compare(expected, found)).isEmpty();
        }
        assertThat(found.rowCount()).isEqualTo(expected.rowCount());
    }

    private static void readAsArrow(RandomBatches data, ArrowConversion conversion, LightstreamMemory memory)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (IpcStreamWriter writer =
                IpcStreamWriter.open(Channels.newChannel(bytes), data.schema(), IpcWriteOptions.defaults())) {
            for (RecordBatch batch : data.batches()) {
                writer.write(batch);
            }
        }
        IpcStreamReader stream = IpcStreamReader.open(
                Channels.newChannel(new ByteArrayInputStream(bytes.toByteArray())),
                memory.allocator(),
                IpcReadOptions.defaults());
        RecordBatch last = null;
        try (ArrowReader reader = ArrowBatches.reader(stream, memory.allocator(), conversion)) {
            var dictionaries = new DictionaryProvider.MapDictionaryProvider();
            reader.getDictionaryVectors().values().forEach(dictionaries::put);
            for (RecordBatch batch : data.batches()) {
                assertThat(reader.loadNextBatch()).isTrue();
                if (last != null) {
                    last.close();
                }
                last = conversion == ArrowConversion.EXACT
                        ? ArrowBatches.borrow(reader.getVectorSchemaRoot(), dictionaries, data.schema())
                        : ArrowBatches.borrow(reader.getVectorSchemaRoot(), dictionaries);
                check(batch, last, conversion);
            }
            assertThat(reader.loadNextBatch()).isFalse();
        }
        // What was handed out outlives the reader, as that of the C data interface has to.
        if (last != null) {
            check(data.batches().get(data.batches().size() - 1), last, conversion);
            last.close();
        }
    }
}
