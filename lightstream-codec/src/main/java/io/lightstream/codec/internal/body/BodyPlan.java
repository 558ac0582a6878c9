package io.lightstream.codec.internal.body;

import io.lightstream.codec.Alignment;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.metadata.BatchHeader;
import java.util.Arrays;

/**
 * Where the wanted buffers of a body go, known before its first byte is read: consecutive buffers whose distance in the body
 * already suits the alignment stay one run, so that a body of our own writers is one read.
 *
 * <pre>
 * body      |a......|b...|-not wanted-|c.........|d..|
 * runs       (a b)                     (c)        (d)        source, destination, length of each
 * memory    |a......|b...|pad|c.........|pad|d..|pad|
 * </pre>
 *
 * Reused from message to message.
 */
final class BodyPlan {
    /** Compressed buffers are read to where they are only decompressed from. */
    static final int UNALIGNED = 8;

    private static final long NOT_WANTED = -1;
    private static final int RUN_LONGS = 3;

    private long[] destinations = new long[64];
    private long[] runs = new long[16 * RUN_LONGS];
    private int runCount;
    private long size;
    private long sourceEnd;
    private boolean inOrder;

    /** A plan that reads the whole body as it lies. */
    static BodyPlan whole(long bodyLength) {
        BodyPlan plan = new BodyPlan();
        plan.reset(1);
        plan.add(0, 0, bodyLength, Alignment.BYTES);
        return plan;
    }

    /** Starts over for a body of {@code bufferCount} buffers, none of them wanted. */
    void reset(int bufferCount) {
        if (destinations.length < bufferCount) {
            destinations = new long[bufferCount];
        }
        Arrays.fill(destinations, 0, bufferCount, NOT_WANTED);
        runCount = 0;
        size = 0;
        sourceEnd = 0;
        inOrder = true;
    }

    /** Adds the buffers {@code from} to {@code to} of the header. */
    void want(BatchHeader header, int from, int to, long bodyLength, int alignment, InputSite site)
            throws LightstreamException {
        for (int i = from; i < to; i++) {
            long length = header.bufferLength(i);
            if (length == 0) {
                continue;
            }
            long offset = header.bufferOffset(i);
            if (offset < 0 || length < 0 || offset > bodyLength - length) {
                throw site.malformed(
                        "range of buffer " + i, "inside of a body of " + bodyLength + " bytes", offset + "+" + length);
            }
            if (offset % UNALIGNED != 0) {
                throw site.malformed("offset of buffer " + i, "a multiple of 8", offset);
            }
            add(i, offset, length, alignment);
        }
    }

    private void add(int buffer, long offset, long length, int alignment) {
        int last = RUN_LONGS * (runCount - 1);
        long gap = offset - sourceEnd;
        inOrder &= gap >= 0;
        boolean joins = runCount > 0
                && gap >= 0
                && gap < Alignment.BYTES
                && (runs[last + 1] + offset - runs[last]) % alignment == 0;
        if (!joins) {
            last = RUN_LONGS * runCount++;
            if (runs.length < last + RUN_LONGS) {
                runs = Arrays.copyOf(runs, 2 * runs.length);
            }
            runs[last] = offset;
            runs[last + 1] = Alignment.roundUp(size);
        }
        destinations[buffer] = runs[last + 1] + offset - runs[last];
        runs[last + 2] = offset + length - runs[last];
        size = destinations[buffer] + length;
        sourceEnd = offset + length;
    }

    /** Bytes of memory that the buffers take together, alignment included. */
    long size() {
        return size;
    }

    /** Whether the runs follow each other in the body without overlapping, so that a stream can be read in one go. */
    boolean isInOrder() {
        return inOrder;
    }

    boolean isWanted(int buffer) {
        return destinations[buffer] != NOT_WANTED;
    }

    /** Where the buffer starts in memory. */
    long destination(int buffer) {
        return destinations[buffer];
    }

    int runCount() {
        return runCount;
    }

    /** Where the run starts in the body. */
    long runSource(int run) {
        return runs[RUN_LONGS * run];
    }

    /** Where the run starts in memory. */
    long runDestination(int run) {
        return runs[RUN_LONGS * run + 1];
    }

    /** Bytes of the run. */
    long runLength(int run) {
        return runs[RUN_LONGS * run + 2];
    }
}
