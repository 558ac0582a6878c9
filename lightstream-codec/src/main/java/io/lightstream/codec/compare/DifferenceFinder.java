package io.lightstream.codec.compare;

import io.lightstream.codec.Column;
import java.util.HexFormat;
import java.util.List;

/** Finds where exactly two columns that differ do so. */
final class DifferenceFinder {
    private static final int MOST_CHARACTERS = 200;

    private final RangeEquality equality;

    DifferenceFinder(RangeEquality equality) {
        this.equality = equality;
    }

    /** The first difference of two columns of equal length that are known to differ. */
    Difference find(Column a, Column b) {
        long row = firstDifferent(a, 0, b, 0, a.length());
        return describe(a, row, b, row, "row " + row + ", column '" + a.name());
    }

    /** By halves: what lies before {@code low} is equal, and some row below {@code high} is not. */
    private long firstDifferent(Column a, long fromA, Column b, long fromB, long count) {
        long low = 0;
        long high = count;
        while (high - low > 1) {
            long middle = (low + high) >>> 1;
            if (equality.equal(a, fromA + low, b, fromB + low, middle - low)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Follows nested values down to the member that differs; {@code path} lacks its closing quote. */
    private Difference describe(Column a, long rowA, Column b, long rowB, String path) {
        if (a.isNull(rowA) || b.isNull(rowB)) {
            return values(a, rowA, b, rowB, path);
        }
        return switch (a.field().layout()) {
            case STRUCT -> describeStruct(a, rowA, b, rowB, path);
            case LIST, LARGE_LIST, LIST_VIEW, LARGE_LIST_VIEW, FIXED_SIZE_LIST -> describeList(a, rowA, b, rowB, path);
            case SPARSE_UNION, DENSE_UNION -> describeUnion(a, rowA, b, rowB, path);
            case RUN_END_ENCODED -> describeEncoded(a, rowA, b, rowB, path);
            default ->
                a.dictionary().isPresent() ? describeEncoded(a, rowA, b, rowB, path) : values(a, rowA, b, rowB, path);
        };
    }

    private Difference describeStruct(Column a, long rowA, Column b, long rowB, String path) {
        List<Column> left = a.data().children();
        List<Column> right = b.data().children();
        long elementA = a.data().offset() + rowA;
        long elementB = b.data().offset() + rowB;
        for (int i = 0; i < left.size(); i++) {
            if (!equality.equal(left.get(i), elementA, right.get(i), elementB, 1)) {
                return describe(
                        left.get(i),
                        elementA,
                        right.get(i),
                        elementB,
                        path + "." + left.get(i).name());
            }
        }
        return values(a, rowA, b, rowB, path);
    }

    private Difference describeList(Column a, long rowA, Column b, long rowB, String path) {
        long elements = a.listLength(rowA);
        if (elements != b.listLength(rowB)) {
            return values(a, rowA, b, rowB, path);
        }
        Column left = a.data().children().get(0);
        Column right = b.data().children().get(0);
        long startA = a.listStart(rowA);
        long startB = b.listStart(rowB);
        long element = firstDifferent(left, startA, right, startB, elements);
        return describe(left, startA + element, right, startB + element, path + "[" + element + "]");
    }

    private Difference describeUnion(Column a, long rowA, Column b, long rowB, String path) {
        return a.typeId(rowA) == b.typeId(rowB)
                ? describeEncoded(a, rowA, b, rowB, path)
                : Difference.of(path + "'", typedText(a, rowA), typedText(b, rowB));
    }

    private static String typedText(Column union, long row) {
        return text(union, row) + " of type id " + union.typeId(row);
    }

    private Difference describeEncoded(Column a, long rowA, Column b, long rowB, String path) {
        return describe(a.valueColumn(rowA), a.valueIndex(rowA), b.valueColumn(rowB), b.valueIndex(rowB), path);
    }

    private static Difference values(Column a, long rowA, Column b, long rowB, String path) {
        String expected = text(a, rowA);
        String found = text(b, rowB);
        boolean alike = expected.equals(found) && a.type().byteWidth() > 0;
        return Difference.of(
                path + "'", alike ? withBytes(expected, a, rowA) : expected, alike ? withBytes(found, b, rowB) : found);
    }

    /** For values that differ but are written alike. */
    private static String withBytes(String text, Column column, long row) {
        return text + " (bytes " + HexFormat.of().formatHex(column.getBytes(row)) + ")";
    }

    private static String text(Column column, long row) {
        String text = column.text(row);
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }
}
