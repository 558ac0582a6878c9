package io.lightstream.mmap;

import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.memory.MemoryOptions;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Memory for the few copies of files that were opened without an allocator. Batches outlive their file, so no file can own it:
 * it belongs to the process and is never closed. Made when it is first asked for.
 */
final class SharedMemory implements Supplier<BufferAllocator> {
    static final SharedMemory OF_PROCESS = new SharedMemory();

    private static final long MAX_KEPT_BYTES = 64 << 20;

    private SharedMemory() {}

    @Override
    public BufferAllocator get() {
        return Holder.MEMORY.allocator();
    }

    private static final class Holder {
        static final LightstreamMemory MEMORY =
                LightstreamMemory.create(MemoryOptions.defaults().withMaxKeptBytes(MAX_KEPT_BYTES));

        private Holder() {}
    }
}
