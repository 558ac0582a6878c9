package io.lightstream.codec.build;

import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.Field;
import java.util.List;
import java.util.Objects;

/** Builds columns of values that all take the same number of bytes. */
public abstract sealed class FixedWidthBuilder extends ColumnBuilder
        permits ByteBuilder,
                ShortBuilder,
                IntBuilder,
                LongBuilder,
                HalfFloatBuilder,
                FloatBuilder,
                DoubleBuilder,
                DecimalBuilder,
                IntervalBuilder,
                FixedSizeBinaryBuilder {
    private static final int DATA = 1;

    private final GrowableBuffer data;
    private final int width;

    /** Where the first value lies; changes when the column grows. */
    long address;

    /** Rows there is room for. */
    long capacity;

    FixedWidthBuilder(Field field, BuilderMemory memory) {
        super(field, memory);
        this.data = new GrowableBuffer(memory);
        this.width = field.type().byteWidth();
    }

    @Override
    public final void reserve(long rows) {
        if (length + rows > capacity) {
            data.reserve(length * width, (length + rows) * width);
            rebase();
        }
    }

    /** Makes room for one more value: out of the way of {@code append}, which calls it when the memory is full. */
    final void grow() {
        reserve(1);
    }

    /**
     * Appends {@code count} values that the caller writes, little-endian, at the address returned, before anything else is
     * appended. For decoders that write many values at once; a wrong address ends the process.
     */
    public final long appendUninitialized(long count) {
        reserve(count);
        long at = address + length * width;
        length += count;
        return at;
    }

    /** Makes a row that was appended null; its value stays what it is. */
    public final void markNull(long row) {
        validity.markNull(Objects.checkIndex(row, length));
    }

    @Override
    final void appendAbsent() {
        reserve(1);
        validity.markNull(length);
        NativeMemory.fill(appendUninitialized(1), width, (byte) 0);
    }

    @Override
    final boolean sameValue(long a, long b) {
        if (validity.isNull(a) || validity.isNull(b)) {
            return validity.isNull(a) && validity.isNull(b);
        }
        return NativeBytes.equal(address + a * width, address + b * width, width);
    }

    @Override
    final int hashValue(long row) {
        return validity.isNull(row) ? 0 : NativeBytes.hash(address + row * width, width);
    }

    @Override
    final void truncate(long newLength) {
        validity.truncate(newLength, length);
        length = newLength;
    }

    @Override
    final Handover.Part handOver(Handover to) {
        long[] buffers = new long[4];
        long nulls = validity.handOver(buffers, length, to);
        data.handOver(buffers, DATA, length * width, to);
        rebase();
        return finished(nulls, buffers, List.of(), to);
    }

    @Override
    final void close() {
        validity.close();
        data.close();
        rebase();
        length = 0;
    }

    private void rebase() {
        address = data.address();
        capacity = width == 0 ? Long.MAX_VALUE : data.capacity() / width;
    }
}
