package io.lightstream.codec.memory;

import org.apache.arrow.memory.BufferAllocator;

/** Remembers where memory was allocated, so that a leak can be reported with its origin. */
interface LeakTracker {

    /** Remembers nothing: what production uses. */
    LeakTracker OFF = new LeakTracker() {
        @Override
        public void allocated(PooledAllocation allocation, BufferAllocator allocator) {}

        @Override
        public void released(PooledAllocation allocation) {}

        @Override
        public void describe(StringBuilder report) {
            report.append("\nTo see where they were allocated, set the system property ")
                    .append(MemoryOptions.DEBUG_PROPERTY)
                    .append("=true.");
        }
    };

    void allocated(PooledAllocation allocation, BufferAllocator allocator);

    /** Called before the memory goes back to the pool. */
    void released(PooledAllocation allocation);

    /** Appends what is known about the allocations that were not released. */
    void describe(StringBuilder report);
}
