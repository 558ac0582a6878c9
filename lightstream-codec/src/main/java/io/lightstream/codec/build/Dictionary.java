package io.lightstream.codec.build;

import java.util.Arrays;

/**
 * The values of one dictionary, each once: appended to {@link #values()}, looked up by a hash of their bytes, and taken back
 * where they are known. Grows from batch to batch; finished batches share its memory.
 */
final class Dictionary {
    /** Most values, whatever the index type: what the table of ints can hold at half load. */
    static final long MOST_VALUES = 1L << 29;

    private static final int FIRST_SLOTS = 64;

    private final ColumnBuilder values;

    /** Open addressing: row + 1, or 0 where the slot is free; a power of two of them. */
    private int[] slots = new int[FIRST_SLOTS];

    private int[] hashes = new int[FIRST_SLOTS / 2];
    private int size;

    Dictionary(ColumnBuilder values) {
        this.values = values;
    }

    ColumnBuilder values() {
        return values;
    }

    /** Values that have an index. */
    int size() {
        return size;
    }

    /** Makes everything appended to the values part of the dictionary as it is. */
    void adopt() {
        while (size < values.length) {
            enter(values.hashValue(size));
        }
    }

    /**
     * The index of the one value that was appended behind the others, new or known.
     *
     * @return the index, or -1 where it would be above {@code most}, and the value is taken back
     */
    int indexOfAppended(long most) {
        int row = size;
        int hash = values.hashValue(row);
        int slot = hash & slots.length - 1;
        while (slots[slot] != 0) {
            int known = slots[slot] - 1;
            if (hashes[known] == hash && values.sameValue(known, row)) {
                values.truncate(row);
                return known;
            }
            slot = slot + 1 & slots.length - 1;
        }
        if (row > most || row >= MOST_VALUES) {
            values.truncate(row);
            return -1;
        }
        enter(hash);
        return row;
    }

    private void enter(int hash) {
        if (size == hashes.length) {
            rehash();
        }
        hashes[size] = hash;
        place(size);
        size++;
    }

    private void rehash() {
        hashes = Arrays.copyOf(hashes, 2 * hashes.length);
        slots = new int[2 * slots.length];
        for (int row = 0; row < size; row++) {
            place(row);
        }
    }

    private void place(int row) {
        int slot = hashes[row] & slots.length - 1;
        while (slots[slot] != 0) {
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = row + 1;
    }

    /** Takes back what was appended to the values but has no index yet. */
    void dropOpen() {
        values.truncate(size);
    }

    /** Forgets all values and gives up their memory; finished batches keep theirs. */
    void close() {
        values.close();
        slots = new int[FIRST_SLOTS];
        hashes = new int[FIRST_SLOTS / 2];
        size = 0;
    }
}
