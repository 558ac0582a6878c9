package io.lightstream.codec.compare;

import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.internal.OffsetRange;
import io.lightstream.codec.schema.DataType;
import java.util.List;
import java.util.Objects;

/**
 * Whether ranges of rows of two columns hold equal values. The columns have fields that compare as equal, so their layouts
 * agree all the way down.
 */
final class RangeEquality {
    private static final int FIRST = 1;
    private static final int SECOND = 2;

    private final EncodedRanges encoded = new EncodedRanges(this);

    /** Begins with other batches: what is remembered of dictionaries is kept for those that come again. */
    void nextBatch() {
        encoded.nextBatch();
    }

    /** Compares rows {@code fromA} on of {@code a} with rows {@code fromB} on of {@code b}. */
    boolean equal(Column a, long fromA, Column b, long fromB, long count) {
        if (count == 0) {
            return true;
        }
        // Parents say which rows of their children these are, and nobody may have validated them.
        Objects.checkFromIndexSize(fromA, count, a.length());
        Objects.checkFromIndexSize(fromB, count, b.length());
        return switch (a.field().layout()) {
            case NULL -> true;
            case SPARSE_UNION, DENSE_UNION -> encoded.equalUnions(a, fromA, b, fromB, count);
            case RUN_END_ENCODED -> encoded.equalRuns(a, fromA, b, fromB, count);
            default ->
                a.dictionary().isPresent()
                        ? encoded.equalIndices(a, fromA, b, fromB, count)
                        : equalWhereValid(a, fromA, b, fromB, count);
        };
    }

    /** Compares the bitmaps, and the values between the nulls. */
    private boolean equalWhereValid(Column a, long fromA, Column b, long fromB, long count) {
        if (a.nullCount() == 0 && b.nullCount() == 0) {
            return equalValues(a, fromA, b, fromB, count);
        }
        long compared = 0;
        for (long done = 0; done < count; done += Long.SIZE) {
            long rows = Math.min(Long.SIZE, count - done);
            long valid = Validity.word(a, fromA + done, rows);
            if (valid != Validity.word(b, fromB + done, rows)) {
                return false;
            }
            for (long nulls = ~valid & Validity.mask(rows); nulls != 0; nulls &= nulls - 1) {
                long atNull = done + Long.numberOfTrailingZeros(nulls);
                if (!equalValues(a, fromA + compared, b, fromB + compared, atNull - compared)) {
                    return false;
                }
                compared = atNull + 1;
            }
        }
        return equalValues(a, fromA + compared, b, fromB + compared, count - compared);
    }

    /** Compares rows of which none is null. */
    private boolean equalValues(Column a, long fromA, Column b, long fromB, long count) {
        if (count == 0) {
            return true;
        }
        ColumnData left = a.data();
        ColumnData right = b.data();
        long elementA = left.offset() + fromA;
        long elementB = right.offset() + fromB;
        return switch (a.field().layout()) {
            case BIT -> MemoryRanges.equalBits(left.address(FIRST), elementA, right.address(FIRST), elementB, count);
            case FIXED -> equalFixed(left, elementA, right, elementB, count);
            case VARIABLE, LARGE_VARIABLE -> equalVariable(left, fromA, right, fromB, count);
            case VIEW -> ViewRanges.equal(left, fromA, right, fromB, count);
            case LIST, LARGE_LIST -> equalLists(left, fromA, right, fromB, count);
            case LIST_VIEW, LARGE_LIST_VIEW -> equalListViews(a, fromA, b, fromB, count);
            case FIXED_SIZE_LIST -> equalFixedSizeLists(left, elementA, right, elementB, count);
            case STRUCT -> equalStructs(left, elementA, right, elementB, count);
            case NULL, SPARSE_UNION, DENSE_UNION, RUN_END_ENCODED ->
                throw new AssertionError(a.field().layout() + " has no bitmap");
        };
    }

    private static boolean equalFixed(ColumnData a, long elementA, ColumnData b, long elementB, long count) {
        DataType type = a.field().storageType();
        int width = type.byteWidth();
        long left = a.address(FIRST) + elementA * width;
        long right = b.address(FIRST) + elementB * width;
        return type instanceof DataType.FloatingPoint
                ? MemoryRanges.equalFloats(left, right, count, width)
                : MemoryRanges.equal(left, right, count * width);
    }

    private static boolean equalVariable(ColumnData a, long fromA, ColumnData b, long fromB, long count) {
        OffsetRange bytesA = OffsetRange.of(a, fromA, count);
        OffsetRange bytesB = OffsetRange.of(b, fromB, count);
        return bytesA.length() == bytesB.length()
                && equalLengths(a, fromA, b, fromB, count)
                && MemoryRanges.equal(
                        a.address(SECOND) + bytesA.start(), b.address(SECOND) + bytesB.start(), bytesA.length());
    }

    private boolean equalLists(ColumnData a, long fromA, ColumnData b, long fromB, long count) {
        OffsetRange elementsA = OffsetRange.of(a, fromA, count);
        OffsetRange elementsB = OffsetRange.of(b, fromB, count);
        return elementsA.length() == elementsB.length()
                && equalLengths(a, fromA, b, fromB, count)
                && equal(
                        a.children().get(0),
                        elementsA.start(),
                        b.children().get(0),
                        elementsB.start(),
                        elementsA.length());
    }

    /** Equal lengths mean that all offsets differ by as much as the first. */
    private static boolean equalLengths(ColumnData a, long fromA, ColumnData b, long fromB, long count) {
        long elementA = a.offset() + fromA;
        long elementB = b.offset() + fromB;
        long shift = OffsetRange.offset(b, elementB) - OffsetRange.offset(a, elementA);
        for (long i = 1; i <= count; i++) {
            if (OffsetRange.offset(b, elementB + i) - OffsetRange.offset(a, elementA + i) != shift) {
                return false;
            }
        }
        return true;
    }

    private boolean equalListViews(Column a, long fromA, Column b, long fromB, long count) {
        Column left = a.data().children().get(0);
        Column right = b.data().children().get(0);
        for (long i = 0; i < count; i++) {
            long elements = a.listLength(fromA + i);
            if (elements != b.listLength(fromB + i)
                    || !equal(left, a.listStart(fromA + i), right, b.listStart(fromB + i), elements)) {
                return false;
            }
        }
        return true;
    }

    private boolean equalFixedSizeLists(ColumnData a, long elementA, ColumnData b, long elementB, long count) {
        int size = ((DataType.FixedSizeList) a.field().type()).listSize();
        return equal(a.children().get(0), elementA * size, b.children().get(0), elementB * size, count * size);
    }

    private boolean equalStructs(ColumnData a, long elementA, ColumnData b, long elementB, long count) {
        List<Column> left = a.children();
        List<Column> right = b.children();
        for (int i = 0; i < left.size(); i++) {
            if (!equal(left.get(i), elementA, right.get(i), elementB, count)) {
                return false;
            }
        }
        return true;
    }
}
