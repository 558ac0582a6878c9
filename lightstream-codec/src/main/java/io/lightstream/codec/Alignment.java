package io.lightstream.codec;

/** The 64-byte boundary on which every buffer starts that Lightstream hands out (Columnar.rst, "Buffer Alignment and Padding"). */
public final class Alignment {
    /** Bytes. */
    public static final int BYTES = 64;

    private Alignment() {}

    /** {@code size} rounded up to the next boundary. */
    public static long roundUp(long size) {
        return (size + (BYTES - 1)) & -BYTES;
    }

    /** Whether every non-empty buffer of the column, of its children and of its dictionary starts on a boundary. */
    static boolean isAligned(Column column) {
        ColumnData data = column.data();
        for (int i = 0; i < data.bufferCount(); i++) {
            if (data.length(i) > 0 && data.address(i) % BYTES != 0) {
                return false;
            }
        }
        return data.children().stream().allMatch(Alignment::isAligned)
                && data.dictionary().map(Alignment::isAligned).orElse(true);
    }
}
