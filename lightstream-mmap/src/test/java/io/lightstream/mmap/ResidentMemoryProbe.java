package io.lightstream.mmap;

import com.sun.management.ThreadMXBean;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.LongBuffer;
import java.nio.file.Path;

/** Sums one column of a file, and prints what that took: the sum, resident bytes, heap, allocator, buffers outside of the mapping. */
final class ResidentMemoryProbe {
    private ResidentMemoryProbe() {}

    @SuppressWarnings("SystemOut") // that is how it reports
    public static void main(String[] args) throws IOException {
        Path path = Path.of(args[0]);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            long resident = OwnProcess.residentBytes();
            long heap = threads.getCurrentThreadAllocatedBytes();
            long sum = 0;
            long outside = 0;
            long allocated = 0;
            try (MappedArrowFile file = MappedArrowFile.open(path, memory.allocator(), MapOptions.defaults())) {
                while (file.next()) {
                    sum += sum(file.batch().column("c2").longs());
                    allocated = Math.max(allocated, memory.allocator().getAllocatedMemory());
                }
                heap = threads.getCurrentThreadAllocatedBytes() - heap;
                resident = OwnProcess.residentBytes() - resident;
                try (RecordBatch batch = file.batch(0)) {
                    outside = outside(path, batch);
                }
            }
            System.out.println(sum + " " + resident + " " + heap + " " + allocated + " " + outside);
        }
    }

    private static long sum(LongBuffer values) {
        long sum = 0;
        for (int i = 0; i < values.limit(); i++) {
            sum += values.get(i);
        }
        return sum;
    }

    private static long outside(Path path, RecordBatch batch) {
        return batch.columns().stream()
                .filter(column -> {
                    ColumnData data = column.data();
                    return OwnProcess.mappingsOf(path).stream()
                            .noneMatch(range -> range.holds(data.address(1), data.length(1)));
                })
                .count();
    }
}
