package io.lightstream.codec.build;

import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import java.util.List;

/**
 * Builds run-end encoded columns: append one value to {@link #values()}, then close its row, or rows, with {@link #endValue}.
 * Equal values one after the other become one run.
 *
 * <p>Nulls are values like others: the column has no bitmap of its own.
 */
public final class RunEndBuilder extends ColumnBuilder {
    private static final long[] NO_BUFFERS = {};

    private final FixedWidthBuilder ends;
    private final ColumnBuilder values;
    private final int endBits;

    RunEndBuilder(Field field, BuilderMemory memory, ColumnBuilder ends, ColumnBuilder values) {
        super(field, memory);
        this.ends = ends.as(FixedWidthBuilder.class);
        this.values = values;
        this.endBits = ((DataType.Int) ends.field().type()).bitWidth();
    }

    /** Builder of the values of the runs. */
    public ColumnBuilder values() {
        return values;
    }

    /** Appends one row with the value that was appended to {@link #values()}; see {@link #endValue(long)}. */
    public void endValue() {
        endValue(1);
    }

    /**
     * Appends {@code rows} rows with the value that was appended to {@link #values()}.
     *
     * @throws IllegalStateException where it is not one value
     * @throws ColumnOverflowException where the run ends are too narrow for as many rows
     */
    public void endValue(long rows) {
        long run = ends.length;
        if (values.length != run + 1) {
            throw incomplete("values of run " + run + ": expected 1, found " + (values.length - run));
        }
        if (rows < 1) {
            throw new IllegalArgumentException("rows of a run: expected at least 1, found " + rows);
        }
        try {
            long end = newEnd(rows);
            if (run > 0 && values.sameValue(run - 1, run)) {
                values.truncate(run);
                putEnd(run - 1, end);
            } else {
                ends.appendUninitialized(1);
                putEnd(run, end);
            }
            length = end;
        } catch (RuntimeException e) {
            values.truncate(run);
            throw e;
        }
    }

    private long newEnd(long rows) {
        long most = -1L >>> (Long.SIZE + 1 - endBits);
        if (rows > most - length) {
            throw new ColumnOverflowException(field().name(), "rows", most);
        }
        return length + rows;
    }

    private void putEnd(long run, long end) {
        switch (endBits) {
            case Short.SIZE -> NativeMemory.putShort(ends.address + run * Short.BYTES, (short) end);
            case Integer.SIZE -> NativeMemory.putInt(ends.address + run * Integer.BYTES, (int) end);
            default -> NativeMemory.putLong(ends.address + run * Long.BYTES, end);
        }
    }

    private long end(long run) {
        return switch (endBits) {
            case Short.SIZE -> NativeMemory.getShort(ends.address + run * Short.BYTES);
            case Integer.SIZE -> NativeMemory.getInt(ends.address + run * Integer.BYTES);
            default -> NativeMemory.getLong(ends.address + run * Long.BYTES);
        };
    }

    /** The run of a row: the first that ends behind it. */
    private long runOf(long row) {
        long low = 0;
        long high = ends.length - 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (end(middle) > row) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    @Override
    public long nullCount() {
        return 0;
    }

    @Override
    void appendAbsent() {
        values.appendAbsent();
        endValue();
    }

    @Override
    boolean sameValue(long a, long b) {
        return values.sameValue(runOf(a), runOf(b));
    }

    @Override
    int hashValue(long row) {
        return values.hashValue(runOf(row));
    }

    @Override
    void truncate(long newLength) {
        long runs = newLength == 0 ? 0 : runOf(newLength - 1) + 1;
        values.truncate(runs);
        ends.truncate(runs);
        if (runs > 0) {
            putEnd(runs - 1, newLength);
        }
        length = newLength;
    }

    @Override
    void checkComplete() {
        if (values.length != ends.length) {
            throw incomplete("a value was appended without endValue()");
        }
        values.checkComplete();
    }

    @Override
    Handover.Part handOver(Handover to) {
        return finished(0, NO_BUFFERS, List.of(ends.handOver(to), values.handOver(to)), to);
    }

    @Override
    void close() {
        ends.close();
        values.close();
        length = 0;
    }
}
