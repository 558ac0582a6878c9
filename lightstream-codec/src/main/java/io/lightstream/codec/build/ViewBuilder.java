package io.lightstream.codec.build;

import static io.lightstream.codec.internal.ViewFormat.BUFFER_AT;
import static io.lightstream.codec.internal.ViewFormat.FIRST_DATA_BUFFER;
import static io.lightstream.codec.internal.ViewFormat.INLINE_AT;
import static io.lightstream.codec.internal.ViewFormat.INLINE_BYTES;
import static io.lightstream.codec.internal.ViewFormat.OFFSET_AT;
import static io.lightstream.codec.internal.ViewFormat.VIEWS;
import static io.lightstream.codec.internal.ViewFormat.VIEW_BYTES;

import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.ArrowBuf;

/**
 * Builds columns of text or binary as views of 16 bytes: values of up to 12 bytes lie in the view, longer ones in data
 * buffers. Data buffers are never copied to grow; memory that exists already can be {@linkplain #share shared}.
 */
public final class ViewBuilder extends BytesBuilder {
    private final GrowableBuffer views;
    private final ViewData data;

    ViewBuilder(Field field, BuilderMemory memory) {
        super(field, memory);
        this.views = new GrowableBuffer(memory);
        this.data = new ViewData(memory);
    }

    @Override
    public void append(byte[] from, int at, int count) {
        Objects.checkFromIndexSize(at, count, from.length);
        reserve(1);
        if (count <= INLINE_BYTES) {
            NativeBytes.copy(from, at, inline(count), count);
        } else {
            long to = data.room(count);
            NativeBytes.copy(from, at, to, count);
            reference(to, count, data.currentIndex(), data.take(count));
        }
        length++;
    }

    @Override
    public void appendFrom(long address, int count) {
        reserve(1);
        if (count <= INLINE_BYTES) {
            NativeBytes.copy(address, inline(count), count);
        } else {
            long to = data.room(count);
            NativeBytes.copy(address, to, count);
            reference(to, count, data.currentIndex(), data.take(count));
        }
        length++;
    }

    /**
     * Makes {@code buffer} a data buffer of the column, for {@link #appendShared}, by a reference of its own.
     *
     * @return the index of the buffer, good until the batch is finished
     */
    public int share(ArrowBuf buffer) {
        return data.share(buffer);
    }

    /**
     * Appends a value that lies in a shared buffer already, without copying it where it is longer than a view.
     *
     * @param buffer index that {@link #share} returned
     * @throws IndexOutOfBoundsException where the value is not inside the buffer
     */
    public void appendShared(int buffer, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, data.length(buffer));
        reserve(1);
        long from = data.address(buffer) + offset;
        if (count <= INLINE_BYTES) {
            NativeBytes.copy(from, inline(count), count);
        } else {
            reference(from, count, buffer, offset);
        }
        length++;
    }

    @Override
    public void reserve(long rows) {
        views.reserve(length * VIEW_BYTES, (length + rows) * VIEW_BYTES);
    }

    /** Begins a view that holds its value itself; returns where the value goes. */
    private long inline(int count) {
        long view = view(length);
        NativeMemory.putLong(view, count);
        NativeMemory.putLong(view + BUFFER_AT, 0);
        return view + INLINE_AT;
    }

    private void reference(long value, int count, int buffer, int offset) {
        long view = view(length);
        NativeMemory.putInt(view, count);
        NativeMemory.putInt(view + INLINE_AT, NativeMemory.getInt(value));
        NativeMemory.putInt(view + BUFFER_AT, buffer);
        NativeMemory.putInt(view + OFFSET_AT, offset);
    }

    private long view(long row) {
        return views.address() + row * VIEW_BYTES;
    }

    private int size(long row) {
        return NativeMemory.getInt(view(row));
    }

    private long valueAddress(long row) {
        long view = view(row);
        return size(row) <= INLINE_BYTES
                ? view + INLINE_AT
                : data.address(NativeMemory.getInt(view + BUFFER_AT)) + NativeMemory.getInt(view + OFFSET_AT);
    }

    @Override
    void appendAbsent() {
        reserve(1);
        validity.markNull(length);
        inline(0);
        length++;
    }

    @Override
    boolean sameValue(long a, long b) {
        if (validity.isNull(a) || validity.isNull(b)) {
            return validity.isNull(a) && validity.isNull(b);
        }
        return size(a) == size(b) && NativeBytes.equal(valueAddress(a), valueAddress(b), size(a));
    }

    @Override
    int hashValue(long row) {
        return validity.isNull(row) ? 0 : NativeBytes.hash(valueAddress(row), size(row));
    }

    @Override
    void truncate(long newLength) {
        for (long row = length - 1; row >= newLength; row--) {
            if (size(row) > INLINE_BYTES) {
                long view = view(row);
                data.giveBack(NativeMemory.getInt(view + BUFFER_AT), NativeMemory.getInt(view + OFFSET_AT), size(row));
            }
        }
        validity.truncate(newLength, length);
        length = newLength;
    }

    @Override
    Handover.Part handOver(Handover to) {
        List<long[]> variadic = new ArrayList<>();
        data.handOver(variadic, to);
        long[] buffers = new long[2 * (FIRST_DATA_BUFFER + variadic.size())];
        for (int i = 0; i < variadic.size(); i++) {
            System.arraycopy(variadic.get(i), 0, buffers, 2 * (FIRST_DATA_BUFFER + i), 2);
        }
        long nulls = validity.handOver(buffers, length, to);
        views.handOver(buffers, VIEWS, length * VIEW_BYTES, to);
        return finished(nulls, buffers, List.of(), to);
    }

    @Override
    void close() {
        validity.close();
        views.close();
        data.close();
        length = 0;
    }
}
