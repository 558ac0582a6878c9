package io.lightstream.codec.memory;

/**
 * How a {@link LightstreamMemory} behaves.
 *
 * @param maxBytes the most bytes that may be in use at once; allocating more throws
 *     {@link org.apache.arrow.memory.OutOfMemoryException}
 * @param maxKeptBytes the most free bytes kept for reuse; 0 returns everything to the operating system at once, which
 *     costs a page fault for each page of every large batch. Of what is kept beyond 32 MiB, no more than half of the JVM's direct
 *     memory ({@code -XX:MaxDirectMemorySize}) in all. When the JVM refuses memory, all that is kept is freed first; if
 *     that helps, half as much is kept from then on, and gradually more again as memory is asked for and to be had
 * @param debug whether a leak is reported with the place of its allocation, and released memory is overwritten; slow
 */
public record MemoryOptions(long maxBytes, long maxKeptBytes, boolean debug) {

    /** Set to {@code true}, it is the default of {@link #debug}. */
    public static final String DEBUG_PROPERTY = "lightstream.memory.debug";

    /** Eight bodies of 64 MiB in flight; above that, keeping memory does harm before it does good. */
    private static final long MOST_KEPT_BY_DEFAULT = 512L << 20;

    /** Checks the limits. */
    public MemoryOptions {
        checkNotNegative("maxBytes", maxBytes);
        checkNotNegative("maxKeptBytes", maxKeptBytes);
    }

    /**
     * No limit of its own, a quarter of the JVM's maximum heap (which is also the JVM's default limit of direct memory)
     * but at most 512 MiB kept, and debug as the system property {@value #DEBUG_PROPERTY} says.
     */
    public static MemoryOptions defaults() {
        long kept = Math.min(MOST_KEPT_BY_DEFAULT, Runtime.getRuntime().maxMemory() / 4);
        return new MemoryOptions(Long.MAX_VALUE, kept, Boolean.getBoolean(DEBUG_PROPERTY));
    }

    /** These options with another limit of the bytes in use. */
    public MemoryOptions withMaxBytes(long bytes) {
        return new MemoryOptions(bytes, maxKeptBytes, debug);
    }

    /** These options with another limit of the bytes kept for reuse. */
    public MemoryOptions withMaxKeptBytes(long bytes) {
        return new MemoryOptions(maxBytes, bytes, debug);
    }

    /** These options with debug switched on or off. */
    public MemoryOptions withDebug(boolean on) {
        return new MemoryOptions(maxBytes, maxKeptBytes, on);
    }

    private static void checkNotNegative(String name, long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException(name + ": expected 0 or more bytes, found " + bytes);
        }
    }
}
