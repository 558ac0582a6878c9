package io.lightstream.codec.build;

import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import java.util.List;

/** Builds lists of one length: append as many elements to {@link #values()}, then close the row with {@link #endList()}. */
public final class FixedSizeListBuilder extends ColumnBuilder {
    private final ColumnBuilder values;
    private final int listSize;

    FixedSizeListBuilder(Field field, BuilderMemory memory, ColumnBuilder values) {
        super(field, memory);
        this.values = values;
        this.listSize = ((DataType.FixedSizeList) field.type()).listSize();
    }

    /** Builder of the elements of all rows. */
    public ColumnBuilder values() {
        return values;
    }

    /**
     * Appends a row with the elements that were appended to {@link #values()} since the row before.
     *
     * @throws IllegalStateException where they are more or fewer than the type says
     */
    public void endList() {
        requireElements(listSize);
        length++;
    }

    private void requireElements(long expected) {
        long found = values.length - length * listSize;
        if (found != expected) {
            throw incomplete("elements of row " + length + ": expected " + expected + ", found " + found);
        }
    }

    @Override
    void appendAbsent() {
        requireElements(0);
        validity.markNull(length);
        try {
            for (int i = 0; i < listSize; i++) {
                values.appendAbsent();
            }
        } catch (RuntimeException e) {
            values.truncate(length * listSize);
            validity.truncate(length, length + 1);
            throw e;
        }
        length++;
    }

    @Override
    boolean sameValue(long a, long b) {
        if (validity.isNull(a) || validity.isNull(b)) {
            return validity.isNull(a) && validity.isNull(b);
        }
        for (int i = 0; i < listSize; i++) {
            if (!values.sameValue(a * listSize + i, b * listSize + i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    int hashValue(long row) {
        if (validity.isNull(row)) {
            return 0;
        }
        int hash = 1;
        for (int i = 0; i < listSize; i++) {
            hash = NativeBytes.join(hash, values.hashValue(row * listSize + i));
        }
        return hash;
    }

    @Override
    void truncate(long newLength) {
        values.truncate(newLength * listSize);
        validity.truncate(newLength, length);
        length = newLength;
    }

    @Override
    void checkComplete() {
        requireElements(0);
        values.checkComplete();
    }

    @Override
    Handover.Part handOver(Handover to) {
        long[] buffers = new long[2];
        long nulls = validity.handOver(buffers, length, to);
        return finished(nulls, buffers, List.of(values.handOver(to)), to);
    }

    @Override
    void close() {
        validity.close();
        values.close();
        length = 0;
    }
}
