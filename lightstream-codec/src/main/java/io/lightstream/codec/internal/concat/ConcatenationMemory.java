package io.lightstream.codec.internal.concat;

import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.internal.Bitmaps;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.NativeMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;

/** The buffers of a column in the making. */
final class ConcatenationMemory implements AutoCloseable {
    private final BufferAllocator allocator;
    private final List<ArrowBuf> buffers = new ArrayList<>();
    /** Bytes that were asked for so far. */
    private long wanted;

    ConcatenationMemory(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    Piece allocate(long bytes) {
        if (bytes == 0) {
            return Piece.NONE;
        }
        wanted += bytes;
        ArrowBuf buffer = buffer(bytes);
        buffers.add(buffer);
        return new Piece(buffer.memoryAddress(), bytes);
    }

    private ArrowBuf buffer(long bytes) {
        try {
            return allocator.buffer(bytes);
        } catch (OutOfMemoryException e) {
            throw new ConcatenationOutOfMemoryException(wanted, e);
        }
    }

    /** The bits of one buffer of all parts; of parts for which {@code allOnes} holds, they are not looked at. */
    Piece bits(List<Column> parts, int buffer, Predicate<ColumnData> allOnes) {
        long rows = parts.stream().mapToLong(Column::length).sum();
        Piece target = allocate((rows + 7) >>> 3);
        NativeMemory.fill(target.address(), target.length(), (byte) 0);
        long row = 0;
        for (Column part : parts) {
            ColumnData data = part.data();
            boolean ones = allOnes.test(data);
            for (long i = 0; i < data.length(); i++, row++) {
                if (ones || Bitmaps.get(data.address(buffer), data.offset() + i)) {
                    long at = target.address() + (row >>> 3);
                    NativeMemory.putByte(at, (byte) (NativeMemory.getByte(at) | 1 << (row & 7)));
                }
            }
        }
        return target;
    }

    /** Hands the buffers over to the caller, who releases them. */
    BatchMemory toBatchMemory() {
        return buffers.isEmpty() ? BatchMemory.none() : BatchMemory.of(buffers.toArray(new ArrowBuf[0]));
    }

    /** Gives the buffers up. */
    @Override
    public void close() {
        buffers.forEach(ArrowBuf::close);
    }
}
