package io.lightstream.codec.build;

import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Layout;
import java.util.List;
import java.util.Objects;

/** Builds columns of text or binary behind offsets of 32 or 64 bits. */
public final class BinaryBuilder extends BytesBuilder {
    private static final int OFFSETS = 1;
    private static final int BYTES = 2;

    private final OffsetBuffer offsets;
    private final GrowableBuffer bytes;
    private long used;

    BinaryBuilder(Field field, BuilderMemory memory) {
        super(field, memory);
        this.offsets = new OffsetBuffer(memory, field.type().layout() == Layout.LARGE_VARIABLE);
        this.bytes = new GrowableBuffer(memory);
    }

    @Override
    public void append(byte[] from, int at, int count) {
        Objects.checkFromIndexSize(at, count, from.length);
        NativeBytes.copy(from, at, room(count), count);
        added(count);
    }

    @Override
    public void appendFrom(long address, int count) {
        NativeBytes.copy(address, room(count), count);
        added(count);
    }

    @Override
    public void reserve(long rows) {
        offsets.reserve(length + 1, length + rows + 1);
    }

    /** Makes room for {@code count} more bytes of values. */
    public void reserveBytes(long count) {
        bytes.reserve(used, used + count);
    }

    /** Where the next value goes, with room for it and for its offset. */
    private long room(int count) {
        if (count > offsets.most() - used) {
            throw new ColumnOverflowException(field().name(), "bytes of all values", offsets.most());
        }
        offsets.reserve(length + 1, length + 2);
        bytes.reserve(used, used + count);
        return bytes.address() + used;
    }

    private void added(int count) {
        used += count;
        length++;
        offsets.put(length, used);
    }

    @Override
    void appendAbsent() {
        room(0);
        validity.markNull(length);
        added(0);
    }

    @Override
    boolean sameValue(long a, long b) {
        if (validity.isNull(a) || validity.isNull(b)) {
            return validity.isNull(a) && validity.isNull(b);
        }
        long size = size(a);
        return size == size(b)
                && NativeBytes.equal(bytes.address() + offsets.get(a), bytes.address() + offsets.get(b), size);
    }

    @Override
    int hashValue(long row) {
        return validity.isNull(row) ? 0 : NativeBytes.hash(bytes.address() + offsets.get(row), size(row));
    }

    private long size(long row) {
        return offsets.get(row + 1) - offsets.get(row);
    }

    @Override
    void truncate(long newLength) {
        if (newLength < length) {
            validity.truncate(newLength, length);
            length = newLength;
            used = offsets.get(newLength);
        }
    }

    @Override
    Handover.Part handOver(Handover to) {
        long[] buffers = new long[6];
        offsets.reserve(length + 1, length + 1);
        long nulls = validity.handOver(buffers, length, to);
        offsets.handOver(buffers, OFFSETS, length + 1, to);
        bytes.handOver(buffers, BYTES, used, to);
        if (!to.shares()) {
            used = 0;
        }
        return finished(nulls, buffers, List.of(), to);
    }

    @Override
    void close() {
        validity.close();
        offsets.close();
        bytes.close();
        used = 0;
        length = 0;
    }
}
