package io.lightstream.codec.internal.body;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.ReusedMemory;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;

/** Takes memory, and says as a reader declares it where there is none left. */
final class DeclaredAllocation {
    private DeclaredAllocation() {}

    static ArrowBuf buffer(BufferAllocator allocator, long bytes, InputSite site) throws LightstreamException {
        try {
            return allocator.buffer(bytes);
        } catch (OutOfMemoryException e) {
            throw outOfMemory(allocator, bytes, site, e);
        }
    }

    /** @param allocator of {@code memory} */
    static BatchMemory reused(ReusedMemory memory, BufferAllocator allocator, long bytes, InputSite site)
            throws LightstreamException {
        try {
            return memory.allocate(bytes);
        } catch (OutOfMemoryException e) {
            throw outOfMemory(allocator, bytes, site, e);
        }
    }

    /** The allocator's limit as a limit of the reader. */
    static LightstreamException outOfMemory(
            BufferAllocator allocator, long bytes, InputSite site, OutOfMemoryException cause) {
        LightstreamException over =
                site.over("memory of allocator '" + allocator.getName() + "'", lowestLimit(allocator), bytes);
        over.initCause(cause);
        return over;
    }

    /** What the allocator and those above it allow: the reader's own child has no limit. */
    private static long lowestLimit(BufferAllocator allocator) {
        long lowest = allocator.getLimit();
        for (BufferAllocator above = allocator.getParentAllocator();
                above != null;
                above = above.getParentAllocator()) {
            lowest = Math.min(lowest, above.getLimit());
        }
        return lowest;
    }
}
