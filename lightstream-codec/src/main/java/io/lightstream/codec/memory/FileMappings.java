package io.lightstream.codec.memory;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.apache.arrow.memory.ArrowBuf;

/**
 * Maps parts of files. What is mapped is foreign memory ({@link ForeignBuffers}): charged to no allocator, counted by references,
 * unmapped by the thread that releases the last one.
 *
 * <p>The mapping is read-only. Buffers of Java NIO that a {@link BatchMemory} hands out over it refuse writes, and throw when
 * they are used after it was unmapped: {@link IllegalStateException} on Java 22 and newer, also for what was derived from
 * them; {@link IndexOutOfBoundsException} or {@link java.nio.BufferUnderflowException} before. <b>Arrow's own classes know
 * nothing of this</b>: writing to an {@code ArrowBuf} over mapped memory, or to a vector that holds it, ends the process.
 *
 * <p>Where the file is cut while it is mapped, reading what is gone throws {@link InternalError}, often only a little later (see
 * {@link #throwPendingFault}). <b>On Java 17 it may end the process</b>: HotSpot does not understand the fault where compiled code
 * reads a 32-bit integer that it widens to 64 bits.
 *
 * <p>A mapping whose references are never released stays; the garbage collector does not look for it.
 */
public final class FileMappings {
    /** The longest mapping that this JVM can make, in bytes: 2 GiB less one before Java 22. */
    public static final long LONGEST = NativeMemory.hasSegments() ? Long.MAX_VALUE : Integer.MAX_VALUE;

    /** Always 0, which the JIT compiler must not know. */
    private static volatile int none;

    private FileMappings() {}

    /**
     * Maps part of a file.
     *
     * @param channel open for reading; it may be closed afterwards
     * @param position of the first byte in the file; need not lie on a page
     * @param length bytes, at most {@link #LONGEST}; the file must be as long
     * @return memory with one reference, whose address has the same offset from a page as {@code position} has
     * @throws EOFException where the file is shorter
     * @throws IOException where the system refuses
     */
    public static MemoryOwner map(FileChannel channel, long position, long length) throws IOException {
        if (length < 0 || length > LONGEST) {
            throw new IllegalArgumentException("length of a mapping: expected 0.." + LONGEST + ", found " + length);
        }
        // A mapping beyond the end makes the JDK try to lengthen the file, and fail for another reason.
        if (position < 0 || position > channel.size() - length) {
            throw new EOFException("mapping of " + length + " bytes at " + position + ": expected inside of the file's "
                    + channel.size() + " bytes");
        }
        MappedRange range = NativeMemory.hasSegments()
                ? SegmentMapping.map(channel, position, length)
                : BufferMapping.map(channel, position, length);
        return new MappedMemory(range, length);
    }

    /** Whether the buffer lies in a mapping of this class. */
    public static boolean isMapped(ArrowBuf buffer) {
        return ForeignReferences.mappingOf(buffer) != null;
    }

    /**
     * Has the JVM throw what it may have put off. Where a page of a mapped file is gone, compiled code goes on with some other
     * value, and the error comes when the thread next passes a place where the JVM looks for one: on Java 17 that can be in
     * another class, much later. Who read mapped memory calls this before he believes what he read, and before he does anything
     * that must not be left half done.
     *
     * @throws InternalError where this thread has met a page that is gone
     */
    public static void throwPendingFault() {
        // Java 17 looks where compiled code calls the runtime of the JVM, not where native methods return. The runtime
        // makes an array of arrays whose lengths are not known, on every tier; this takes some 40 ns.
        byte[][] empty = new byte[none][none];
        none = empty.length;
    }
}
