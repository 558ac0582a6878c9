package io.lightstream.codec.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.memory.OutOfMemoryException;

/** The pools of this process, which share what the JVM allows: what one of them keeps is missing elsewhere. Thread-safe. */
final class OpenPools {
    private static final Set<MemoryPool> POOLS = ConcurrentHashMap.newKeySet();

    private OpenPools() {}

    static void add(MemoryPool pool) {
        POOLS.add(pool);
    }

    static void remove(MemoryPool pool) {
        POOLS.remove(pool);
    }

    /**
     * Frees what the pools keep, because the JVM refused {@code length} bytes. Frees nothing where that could not be enough: a length
     * that a hostile peer has claimed must not cost others what they keep.
     *
     * @return the pools that had something to free; where there are none it is in vain to ask again
     */
    static List<MemoryPool> trimFor(long length) {
        List<MemoryPool> trimmed = new ArrayList<>();
        long inUse = NativeBlock.taken() - keptBytes();
        if (length <= DirectMemoryLimit.bytes() - inUse) {
            for (MemoryPool pool : POOLS) {
                if (pool.trim()) {
                    trimmed.add(pool);
                }
            }
        }
        return trimmed;
    }

    private static long keptBytes() {
        long kept = 0;
        for (MemoryPool pool : POOLS) {
            kept += pool.tally().keptBytes;
        }
        return kept;
    }

    /** What is thrown where there is no native memory left. */
    static OutOfMemoryException exhausted(long length, OutOfMemoryError cause) {
        return new OutOfMemoryException(
                "native memory: expected " + length
                        + " bytes, found the limit of the JVM (-XX:MaxDirectMemorySize) or of"
                        + " the machine reached with " + NativeBlock.taken() + " bytes in use here",
                cause);
    }
}
