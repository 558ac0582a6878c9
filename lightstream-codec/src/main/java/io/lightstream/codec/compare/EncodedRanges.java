package io.lightstream.codec.compare;

import io.lightstream.codec.Column;
import io.lightstream.codec.internal.ValueBounds;
import java.util.IdentityHashMap;

/** Compares columns whose values lie in other columns: unions, runs and dictionaries. */
final class EncodedRanges {
    private final RangeEquality equality;
    /** Of the dictionaries that the batches being compared refer to. */
    private IdentityHashMap<Column, DictionaryMatches> matches = new IdentityHashMap<>();
    /** Of those of the batches before: a stream may replace its dictionaries in each batch, and none of those comes again. */
    private IdentityHashMap<Column, DictionaryMatches> matchesBefore = new IdentityHashMap<>();

    EncodedRanges(RangeEquality equality) {
        this.equality = equality;
    }

    /** Begins with other batches, and forgets the dictionaries that the last ones did not refer to. */
    void nextBatch() {
        matchesBefore = matches;
        matches = new IdentityHashMap<>();
    }

    /** Compares rows of one type id, whose values lie side by side, at once. */
    boolean equalUnions(Column a, long fromA, Column b, long fromB, long count) {
        long run;
        for (long i = 0; i < count; i += run) {
            long rowA = fromA + i;
            long rowB = fromB + i;
            if (a.typeId(rowA) != b.typeId(rowB)) {
                return false;
            }
            run = Math.min(valuesInOrder(a, rowA, count - i), valuesInOrder(b, rowB, count - i));
            if (!equality.equal(
                    a.valueColumn(rowA), a.valueIndex(rowA), b.valueColumn(rowB), b.valueIndex(rowB), run)) {
                return false;
            }
        }
        return true;
    }

    private static long valuesInOrder(Column union, long row, long most) {
        int typeId = union.typeId(row);
        long value = union.valueIndex(row);
        long run = 1;
        while (run < most && union.typeId(row + run) == typeId && union.valueIndex(row + run) == value + run) {
            run++;
        }
        return run;
    }

    /** Compares one value for each stretch in which neither side begins another run. */
    boolean equalRuns(Column a, long fromA, Column b, long fromB, long count) {
        Column valuesA = a.valueColumn(fromA);
        Column valuesB = b.valueColumn(fromB);
        long runA = a.valueIndex(fromA);
        long runB = b.valueIndex(fromB);
        long done = 0;
        while (done < count) {
            long endA = ValueBounds.runEnd(a.data(), fromA + done, runA) - fromA;
            long endB = ValueBounds.runEnd(b.data(), fromB + done, runB) - fromB;
            if (!equality.equal(valuesA, runA, valuesB, runB, 1)) {
                return false;
            }
            done = Math.min(endA, endB);
            runA += endA == done ? 1 : 0;
            runB += endB == done ? 1 : 0;
        }
        return true;
    }

    /** Compares values behind indices; an index to a null is a null. */
    boolean equalIndices(Column a, long fromA, Column b, long fromB, long count) {
        DictionaryMatches pairs =
                matchesOf(a.dictionary().orElseThrow(), b.dictionary().orElseThrow());
        for (long i = 0; i < count; i++) {
            boolean isNull = a.isNull(fromA + i);
            if (isNull != b.isNull(fromB + i)) {
                return false;
            }
            if (!isNull && !pairs.equal(a.valueIndex(fromA + i), b.valueIndex(fromB + i))) {
                return false;
            }
        }
        return true;
    }

    private DictionaryMatches matchesOf(Column a, Column b) {
        DictionaryMatches known = matches.get(a);
        if (known != null && known.b == b) {
            return known;
        }
        DictionaryMatches before = matchesBefore.remove(a);
        DictionaryMatches current = before != null && before.b == b ? before : new DictionaryMatches(a, b);
        matches.put(a, current);
        return current;
    }

    /** Which value of one dictionary was last found equal to which of another. */
    private final class DictionaryMatches {
        private static final int MOST_REMEMBERED = 1 << 20;

        private final Column a;
        private final Column b;

        /** For each value of {@code a} one more than the index of its equal. */
        private final long[] equals;

        DictionaryMatches(Column a, Column b) {
            this.a = a;
            this.b = b;
            this.equals = new long[(int) Math.min(MOST_REMEMBERED, a.length())];
        }

        boolean equal(long indexA, long indexB) {
            boolean remembered = indexA < equals.length;
            if (remembered && equals[(int) indexA] == indexB + 1) {
                return true;
            }
            boolean equal = equality.equal(a, indexA, b, indexB, 1);
            if (equal && remembered) {
                equals[(int) indexA] = indexB + 1;
            }
            return equal;
        }
    }
}
