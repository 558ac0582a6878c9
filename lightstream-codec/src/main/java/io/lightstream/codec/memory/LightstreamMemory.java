package io.lightstream.codec.memory;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * Memory for record batches: an Arrow allocator over a pool of native blocks.
 *
 * <ul>
 *   <li>Every buffer starts on a 64-byte boundary, those above 32 KiB on a page.
 *   <li>Released blocks are recycled. Memory fresh from the operating system costs a page fault for every 4 KiB, which for
 *       batches of many megabytes is most of the cost of receiving them.
 *   <li>No JVM flag is needed. The JVM's limit of direct memory ({@code -XX:MaxDirectMemorySize}) holds for buffers of any
 *       size; where it is not set it is that of the heap.
 * </ul>
 *
 * <p>Some {@code arrow-memory-*} artifact must be on the class path, because a static initialiser of Arrow looks one up; it
 * is not used.
 *
 * <p>New buffers contain whatever was there before. When memory is exhausted, allocating throws
 * {@link org.apache.arrow.memory.OutOfMemoryException}.
 *
 * <p>The creator closes it, after everything allocated from it. Thread-safe.
 */
public final class LightstreamMemory implements AutoCloseable {

    private final MemoryPool pool;
    private final LeakTracker leaks;
    private final RootAllocator root;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LightstreamMemory(MemoryOptions options) {
        pool = MemoryPool.open(options.maxKeptBytes());
        leaks = options.debug() ? new AllocationTraces() : LeakTracker.OFF;
        root = new RootAllocator(RootAllocator.configBuilder()
                .allocationManagerFactory(new PooledAllocations(pool, leaks))
                .roundingPolicy(SizeClasses.ROUNDING)
                .maxAllocation(options.maxBytes())
                .build());
    }

    /** Memory with {@link MemoryOptions#defaults()}. */
    public static LightstreamMemory create() {
        return create(MemoryOptions.defaults());
    }

    /** Memory with these options. */
    public static LightstreamMemory create(MemoryOptions options) {
        return new LightstreamMemory(options);
    }

    /** The root allocator. It belongs to this object: close this object instead of it. */
    public BufferAllocator allocator() {
        return root;
    }

    /**
     * A child of the root without a limit of its own. The caller closes it.
     *
     * @param name what reports of leaks call it
     * @throws IllegalStateException if this memory is closed
     */
    public BufferAllocator newChild(String name) {
        return newChild(name, Long.MAX_VALUE);
    }

    /**
     * A child of the root that may use at most {@code maxBytes}. The caller closes it.
     *
     * @throws IllegalStateException if this memory is closed
     */
    public BufferAllocator newChild(String name, long maxBytes) {
        if (closed.get()) {
            throw new IllegalStateException("memory is closed");
        }
        return root.newChildAllocator(name, 0, maxBytes);
    }

    /** What is held now. */
    public MemoryStatistics statistics() {
        PoolTally tally = pool.tally();
        return new MemoryStatistics(
                root.getAllocatedMemory(),
                root.getPeakMemoryAllocation(),
                tally.keptBytes,
                pool.reservedBytes(),
                tally.blocksInUse,
                tally.allocations,
                tally.poolHits);
    }

    /** Returns the memory that is kept for reuse to the operating system. */
    public void trim() {
        pool.trim();
    }

    /**
     * Frees everything that is kept. Does nothing when called again.
     *
     * @throws IllegalStateException if buffers were not released: the message says how many and through which child
     *     allocators. Their memory stays valid and is freed if they are released later.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        pool.close();
        if (root.getAllocatedMemory() > 0) {
            // The root stays open, because Arrow refuses to take buffers back into a closed one.
            throw new IllegalStateException(leakReport());
        }
        root.close();
    }

    private String leakReport() {
        StringBuilder report = new StringBuilder("memory leaked: expected 0 bytes at close, found ")
                .append(root.getAllocatedMemory())
                .append(" bytes in ")
                .append(pool.tally().blocksInUse)
                .append(" buffers");
        long ofChildren = describeChildren(root, "", report);
        if (root.getAllocatedMemory() > ofChildren) {
            report.append("\n  [root] holds ")
                    .append(root.getAllocatedMemory() - ofChildren)
                    .append(" bytes");
        }
        leaks.describe(report);
        return report.toString();
    }

    private static long describeChildren(BufferAllocator parent, String path, StringBuilder report) {
        long held = 0;
        for (BufferAllocator child : parent.getChildAllocators()) {
            long bytes = child.getAllocatedMemory();
            held += bytes;
            if (bytes > 0) {
                String name = path + child.getName();
                report.append("\n  [")
                        .append(name)
                        .append("] holds ")
                        .append(bytes)
                        .append(" bytes");
                describeChildren(child, name + "/", report);
            }
        }
        return held;
    }
}
