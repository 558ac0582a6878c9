package io.lightstream.codec.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.Column;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.Columns;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReaderComparisonTest {
    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingStaysAllocated() {
        memory.close();
    }

    /** Gives batches of dictionary-encoded texts, each with a dictionary of its own. */
    private final class Texts implements BatchReader {
        private final Iterator<List<String>> batches;
        private final Schema schema;
        private RecordBatch batch;

        Texts(List<List<String>> batches) {
            this.batches = batches.iterator();
            this.batch = build(List.of());
            this.schema = batch.schema();
        }

        private RecordBatch build(List<String> texts) {
            return dictionaryOf(texts.toArray(new String[0]));
        }

        @Override
        public Schema schema() {
            return schema;
        }

        @Override
        public boolean next() {
            batch.close();
            if (!batches.hasNext()) {
                return false;
            }
            batch = build(batches.next());
            return true;
        }

        @Override
        public RecordBatch batch() {
            return batch;
        }

        @Override
        public void close() {
            batch.close();
        }
    }

    /** A reader of batches, each given as texts with commas between them. */
    private Texts texts(String... batches) {
        return new Texts(Arrays.stream(batches)
                .map(batch -> batch.isEmpty() ? List.<String>of() : List.of(batch.split(",")))
                .toList());
    }

    private static String compare(BatchReader expected, BatchReader found) throws IOException {
        try (expected;
                found) {
            Optional<Difference> difference = ReaderComparison.compare(expected, found);
            return difference.map(Difference::toString).orElse("none");
        }
    }

    @Test
    void equalValuesOfOtherDictionariesAreEqual() throws IOException {
        assertThat(compare(texts("x,y,x"), texts("x,y,x"))).isEqualTo("none");
        assertThat(compare(texts(), texts())).isEqualTo("none");
        assertThat(compare(texts("x", "y"), texts("x", "y"))).isEqualTo("none");
    }

    @Test
    void differencesNameTheBatch() throws IOException {
        assertThat(compare(texts("x", "x,y"), texts("x", "x,z")))
                .isEqualTo("batch 1, row 1, column 'a': expected y, found z");
        assertThat(compare(texts("x", ""), texts("x", "x"))).isEqualTo("batch 1, rows: expected 0, found 1");
    }

    /** A stream may replace its dictionaries in each batch, and each is remembered with 8 bytes a value. */
    @Test
    void dictionariesThatDoNotComeAgainAreForgotten() {
        BatchComparison comparison = new BatchComparison();
        WeakReference<Column> first = new WeakReference<>(compareEqual(comparison, "x"));
        for (String text : List.of("y", "z")) {
            compareEqual(comparison, text);
        }
        await().until(() -> {
            System.gc();
            return first.get() == null;
        });
    }

    /** Compares two batches of one text and gives the dictionary of the first. */
    private Column compareEqual(BatchComparison comparison, String text) {
        try (RecordBatch expected = dictionaryOf(text);
                RecordBatch found = dictionaryOf(text)) {
            assertThat(comparison.compareValues(expected, found)).isEmpty();
            return expected.column(0).dictionary().orElseThrow();
        }
    }

    private RecordBatch dictionaryOf(String... texts) {
        return Columns.batch(memory.allocator(), Columns.dictionary(Columns.utf8("a", texts)));
    }

    @Test
    void dictionariesThatComeAgainAreCompared() {
        BatchComparison comparison = new BatchComparison();
        try (RecordBatch one = dictionaryOf("x", "y", "z");
                RecordBatch same = dictionaryOf("x", "y", "z");
                RecordBatch other = dictionaryOf("x", "z", "y")) {
            for (int i = 0; i < 3; i++) {
                assertThat(comparison.compareValues(one, same)).isEmpty();
                assertThat(comparison.compareValues(one, other)).isPresent();
            }
        }
    }

    @Test
    void missingBatchesAreCounted() throws IOException {
        assertThat(compare(texts("x", "y"), texts("x"))).isEqualTo("batches: expected more than 1, found 1");
        assertThat(compare(texts(), texts("x"))).isEqualTo("batches: expected 0, found more than 0");
    }
}
