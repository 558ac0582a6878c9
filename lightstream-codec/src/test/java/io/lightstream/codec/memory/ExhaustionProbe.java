package io.lightstream.codec.memory;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.OutOfMemoryException;

/** Run with 64 MiB of direct memory: uses it up in blocks of one size, then in blocks of another. */
final class ExhaustionProbe {

    private static final int LENGTH = 10 << 20;

    private ExhaustionProbe() {}

    @SuppressWarnings("SystemOut") // that is how it reports
    public static void main(String[] arguments) {
        LightstreamMemory memory =
                LightstreamMemory.create(MemoryOptions.defaults().withMaxKeptBytes(1 << 30));
        List<ArrowBuf> held = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            held.add(memory.allocator().buffer(LENGTH));
        }
        held.forEach(ArrowBuf::close);
        System.out.println("kept " + memory.statistics().keptBytes());

        ArrowBuf large = memory.allocator().buffer(40 << 20);
        System.out.println(memory.statistics().keptBytes() == 0 ? "trimmed and served" : "served");
        try {
            memory.allocator().buffer(40 << 20).close();
            System.out.println("served beyond the limit");
        } catch (OutOfMemoryException e) {
            System.out.println("refused");
        }
        large.close();
        try {
            memory.allocator().buffer(3L << 30).close();
            System.out.println("served more than one buffer of the JVM holds");
        } catch (OutOfMemoryException e) {
            System.out.println("refused 3 GiB");
        }
        memory.allocator().buffer(40 << 20).close();
        System.out.println("served after release");
        useUpStaging(memory);
        memory.close();
        System.out.println("reserved " + memory.statistics().reservedBytes());
    }

    /** What a reader or writer works in is direct memory as well. */
    @SuppressWarnings("SystemOut")
    private static void useUpStaging(LightstreamMemory memory) {
        memory.trim();
        memory.allocator().buffer(LENGTH).close();
        memory.allocator().buffer(2 * LENGTH).close();
        long kept = memory.statistics().keptBytes();
        try (StagingBuffer staging = new StagingBuffer();
                StagingBuffer more = new StagingBuffer()) {
            staging.ofAtLeast(LENGTH);
            System.out.println(memory.statistics().keptBytes() == kept ? "staged" : "trimmed for nothing");
            staging.ofAtLeast(4 * LENGTH);
            System.out.println(memory.statistics().keptBytes() == 0 ? "trimmed and staged" : "staged without");
            try {
                more.ofAtLeast(4 * LENGTH);
                System.out.println("staged beyond the limit");
            } catch (OutOfMemoryException e) {
                System.out.println("staging refused");
            }
        }
    }
}
