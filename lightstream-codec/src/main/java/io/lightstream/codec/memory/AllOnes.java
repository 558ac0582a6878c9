package io.lightstream.codec.memory;

import java.util.concurrent.locks.ReentrantLock;
import org.apache.arrow.memory.ArrowBuf;

/**
 * One run of set bits for the whole process, grown on demand. What it outgrew is not freed, because buffers over it are not
 * counted; as it doubles, that is less than what is in use.
 */
final class AllOnes {

    /** Enough for a million rows. */
    private static final long FIRST_LENGTH = 128 << 10;

    private static final ReentrantLock GROWING = new ReentrantLock();
    private static volatile ArrowBuf current = new ArrowBuf(new PermanentReferences(0), null, 0, SizeClasses.ALIGNMENT);

    private AllOnes() {}

    static ArrowBuf buffer(long bits) {
        if (bits < 0) {
            throw new IllegalArgumentException("bits of a validity buffer: expected 0 or more, found " + bits);
        }
        long length = bits / Byte.SIZE + (bits % Byte.SIZE == 0 ? 0 : 1);
        ArrowBuf ones = current;
        if (ones.capacity() < length) {
            ones = grown(length);
        }
        ArrowBuf slice = Derived.part(ones.getReferenceManager(), ones, 0, length);
        slice.writerIndex(length);
        return slice;
    }

    private static ArrowBuf grown(long length) {
        GROWING.lock();
        try {
            if (current.capacity() < length) {
                current = allocated(Math.max(FIRST_LENGTH, 2 * Long.highestOneBit(length - 1)));
            }
            return current;
        } finally {
            GROWING.unlock();
        }
    }

    private static ArrowBuf allocated(long length) {
        NativeBlock block = ForeignBuffers.allocate(length);
        NativeMemory.fill(block.address(), length, (byte) 0xFF);
        return new ArrowBuf(new PermanentReferences(length), null, length, block.address());
    }
}
