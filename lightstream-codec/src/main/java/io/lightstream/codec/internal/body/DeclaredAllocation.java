package io.lightstream.codec.internal.body;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.NativeMemory;
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
        BufferAllocator limited = mostLimited(allocator);
        boolean isLimited = limited.getLimit() != Long.MAX_VALUE;
        LightstreamException over = site.over(
                (isLimited ? "memory of allocator '" + limited.getName() + "'" : "memory by -XX:MaxDirectMemorySize")
                        + ", of which " + limited.getAllocatedMemory() + " bytes are in use",
                isLimited ? limited.getLimit() : NativeMemory.limit(),
                bytes);
        over.initCause(cause);
        return over;
    }

    /** Of the allocator and those above it the one that allows least; the uppermost where none has a limit. */
    private static BufferAllocator mostLimited(BufferAllocator allocator) {
        BufferAllocator most = allocator;
        for (BufferAllocator above = allocator.getParentAllocator();
                above != null;
                above = above.getParentAllocator()) {
            most = above.getLimit() <= most.getLimit() ? above : most;
        }
        return most;
    }
}
