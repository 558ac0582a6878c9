package io.lightstream.codec.internal.concat;

import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.internal.Bitmaps;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.NativeMemory;
import java.util.ArrayList;
import java.util.List;
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

    /** The bitmaps of all parts; where a part has none, all its values are valid. */
    Piece validity(List<Column> parts) {
        return bits(parts, 0, true);
    }

    /** The bits that are the values of all parts. */
    Piece bits(List<Column> parts, int buffer) {
        return bits(parts, buffer, false);
    }

    private Piece bits(List<Column> parts, int buffer, boolean mayLack) {
        long rows = parts.stream().mapToLong(Column::length).sum();
        Piece target = allocate((rows + 7) >>> 3);
        NativeMemory.fill(target.address(), target.length(), (byte) 0);
        long row = 0;
        for (Column part : parts) {
            ColumnData data = part.data();
            boolean isLacking = mayLack && !hasBitmap(data);
            for (long done = 0; done < data.length(); done += Long.SIZE) {
                long count = Math.min(Long.SIZE, data.length() - done);
                long word = isLacking ? -1 : Bitmaps.word(data.address(buffer), data.offset() + done, count);
                Bitmaps.set(target.address(), row + done, word & -1L >>> (Long.SIZE - count), count);
            }
            row += data.length();
        }
        return target;
    }

    /** Whether the bitmap says something: not where there are no nulls, whatever stands in it. */
    static boolean hasBitmap(ColumnData data) {
        return data.length(0) > 0 && data.nullCount() != 0;
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
