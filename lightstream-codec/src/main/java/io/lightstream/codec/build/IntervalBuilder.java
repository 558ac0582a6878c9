package io.lightstream.codec.build;

import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType.Interval;
import io.lightstream.codec.schema.DataType.IntervalUnit;
import io.lightstream.codec.schema.Field;

/** Builds columns of calendar intervals, with one {@code append} method for each unit. */
public final class IntervalBuilder extends FixedWidthBuilder {
    private final IntervalUnit unit;

    /** A value of {@link IntervalUnit#MONTH_DAY_NANO}, for {@link ColumnBuilder#appendValue}. */
    public record MonthDayNano(int months, int days, long nanos) {}

    IntervalBuilder(Field field, BuilderMemory memory) {
        super(field, memory);
        this.unit = ((Interval) field.type()).unit();
    }

    /** Appends a number of months to a column of {@link IntervalUnit#YEAR_MONTH}. */
    public void append(int months) {
        require(IntervalUnit.YEAR_MONTH);
        NativeMemory.putInt(appendUninitialized(1), months);
    }

    /** Appends a value to a column of {@link IntervalUnit#DAY_TIME}. */
    public void append(int days, int millis) {
        require(IntervalUnit.DAY_TIME);
        long at = appendUninitialized(1);
        NativeMemory.putInt(at, days);
        NativeMemory.putInt(at + 4, millis);
    }

    /** Appends a value to a column of {@link IntervalUnit#MONTH_DAY_NANO}. */
    public void append(int months, int days, long nanos) {
        require(IntervalUnit.MONTH_DAY_NANO);
        long at = appendUninitialized(1);
        NativeMemory.putInt(at, months);
        NativeMemory.putInt(at + 4, days);
        NativeMemory.putLong(at + 8, nanos);
    }

    private void require(IntervalUnit wanted) {
        if (unit != wanted) {
            throw new IllegalArgumentException(
                    "column '" + field().name() + "' is " + field().type() + ", not " + wanted);
        }
    }
}
