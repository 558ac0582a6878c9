package io.lightstream.codec.memory;

/**
 * What a {@link LightstreamMemory} held at one moment. While other threads allocate, the figures may stem from slightly
 * different moments.
 *
 * @param inUseBytes bytes in buffers that have not been released, whole blocks counted
 * @param peakBytes the most that {@code inUseBytes} has been
 * @param keptBytes free bytes that {@link LightstreamMemory#trim()} would return to the operating system
 * @param reservedBytes native memory held in all: in use, kept, and free blocks of slabs that are partly in use
 * @param buffersInUse blocks that have not been released
 * @param allocations blocks handed out since the beginning
 * @param poolHits how many of those did not need new native memory
 */
public record MemoryStatistics(
        long inUseBytes,
        long peakBytes,
        long keptBytes,
        long reservedBytes,
        long buffersInUse,
        long allocations,
        long poolHits) {}
