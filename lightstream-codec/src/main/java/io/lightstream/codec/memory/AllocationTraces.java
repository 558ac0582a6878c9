package io.lightstream.codec.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.memory.BufferAllocator;

/** The debug mode: keeps the stack of every allocation, and overwrites what is released so that a late reader notices. */
final class AllocationTraces implements LeakTracker {

    /** As a length, offset or double it is absurd, and it is not valid UTF-8. */
    static final byte RELEASED = (byte) 0xDD;

    private static final int MOST_REPORTED = 20;

    private final Map<PooledAllocation, Trace> live = new ConcurrentHashMap<>();

    @Override
    public void allocated(PooledAllocation allocation, BufferAllocator allocator) {
        live.put(allocation, new Trace(allocator.getName()));
    }

    @Override
    public void released(PooledAllocation allocation) {
        live.remove(allocation);
        NativeMemory.fill(allocation.memoryAddress(), allocation.getSize(), RELEASED);
    }

    @Override
    public void describe(StringBuilder report) {
        int reported = 0;
        for (Map.Entry<PooledAllocation, Trace> leak : live.entrySet()) {
            if (reported++ == MOST_REPORTED) {
                report.append("\n… and ").append(live.size() - MOST_REPORTED).append(" more");
                return;
            }
            report.append('\n')
                    .append(leak.getKey().getSize())
                    .append(" bytes allocated by [")
                    .append(leak.getValue().allocator)
                    .append("] on thread ")
                    .append(leak.getValue().thread)
                    .append(':');
            for (StackTraceElement frame : leak.getValue().getStackTrace()) {
                report.append("\n    at ").append(frame);
            }
        }
    }

    /** Never thrown: a throwable is the cheapest way to keep a stack. */
    private static final class Trace extends Throwable {
        private static final long serialVersionUID = 1L;

        private final String allocator;
        private final String thread;

        Trace(String allocator) {
            this.allocator = allocator;
            this.thread = Thread.currentThread().getName();
        }
    }
}
