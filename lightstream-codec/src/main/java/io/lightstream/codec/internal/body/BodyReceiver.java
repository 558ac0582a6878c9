package io.lightstream.codec.internal.body;

import io.lightstream.codec.frame.ByteWindow;
import io.lightstream.codec.frame.DecodeResult;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.memory.StagingBuffer;
import java.nio.ByteBuffer;

/**
 * Brings the runs of a {@link BodyPlan} from a stream to their places, step by step: a large run is read straight to where it
 * belongs; small ones and the padding between them share a staging buffer and are copied from there, because a system call
 * or a view of its own for each would cost more than the copy; long stretches nobody wants are skipped.
 *
 * <p>Reused from body to body, and so are the views that it hands out, where a body lies at the place of the one before.
 */
public final class BodyReceiver {
    /** From this length on, a run is read straight to its place. */
    static final int DIRECT_BYTES = 16 << 10;

    private static final int MAX_STAGING_BYTES = 256 << 10;
    private static final int MAX_DESTINATIONS = 64;
    /** One view spans less than 2 GiB. */
    private static final long MAX_VIEW_BYTES = 1L << 30;

    private final ReceivingViews destinations = new ReceivingViews(MAX_DESTINATIONS);
    private final StagedPieces staged = new StagedPieces();
    private BodyPlan plan = new BodyPlan();
    private long address;
    private long bodyLength;
    private ByteBuffer staging = ByteBuffer.allocate(0);
    private long stagingAddress;
    private int skipBytes;
    private long position;
    private int run;

    BodyReceiver() {}

    /**
     * Starts over with another body.
     *
     * @param memory of the plan
     * @param newStaging for this receiver alone until it is done
     * @param newSkipBytes stretches of this length and more that nobody wants are skipped
     */
    void begin(BodyPlan newPlan, BatchMemory memory, long newBodyLength, StagingBuffer newStaging, int newSkipBytes) {
        plan = newPlan;
        address = memory.address();
        bodyLength = newBodyLength;
        staging = newStaging.ofAtLeast(stagingBytes(newBodyLength));
        stagingAddress = NativeMemory.addressOf(staging);
        skipBytes = newSkipBytes;
        position = 0;
        run = 0;
        forgetStep();
    }

    /** A power of two, so that bodies that grow little by little do not each need another buffer. */
    private static int stagingBytes(long bodyLength) {
        int enough = (int) Math.max(DIRECT_BYTES, Math.min(bodyLength, MAX_STAGING_BYTES));
        return 2 * Integer.highestOneBit(enough - 1);
    }

    /** Copies the whole body out of a window that holds it from {@code index} on. */
    void copy(BodyPlan from, BatchMemory memory, ByteWindow window, int index) {
        if (from.size() > MAX_VIEW_BYTES) {
            copyInParts(from, memory, window, index);
        } else if (from.runCount() > 0) {
            destinations.clear();
            ByteBuffer target = destinations.add(memory.address(), from.size());
            for (int i = 0; i < from.runCount(); i++) {
                int start = (int) from.runDestination(i);
                target.limit(start + (int) from.runLength(i)).position(start);
                window.copyTo(index + (int) from.runSource(i), target);
            }
        }
    }

    /** Where one view may not span everything: aligned buffers can take more room than a window can have. */
    private static void copyInParts(BodyPlan from, BatchMemory memory, ByteWindow window, int index) {
        for (int i = 0; i < from.runCount(); i++) {
            for (long done = 0; done < from.runLength(i); done += MAX_VIEW_BYTES) {
                long bytes = Math.min(MAX_VIEW_BYTES, from.runLength(i) - done);
                window.copyTo(
                        index + (int) (from.runSource(i) + done),
                        NativeMemory.view(memory.address() + from.runDestination(i) + done, bytes));
            }
        }
    }

    /** Whether everything was asked for. */
    public boolean isDone() {
        return position == bodyLength;
    }

    /** What is to be read next; the step before must be filled. Not to be called when done. */
    public <F> DecodeResult<F> next(int consumed) {
        copyStaged();
        long gap = (run < plan.runCount() ? plan.runSource(run) : bodyLength) - position;
        if (gap >= skipBytes) {
            position += gap;
            return isDone() ? DecodeResult.skipFrame(consumed, gap) : DecodeResult.skip(consumed, gap);
        }
        collect();
        return destinations.needInto(consumed);
    }

    /** Copies what the last step staged; to be called when that step is filled. */
    public void copyStaged() {
        staged.copyFrom(stagingAddress);
        forgetStep();
    }

    /** Where the body before failed, its last step is still here, and leads to memory that was given up. */
    private void forgetStep() {
        staged.clear();
        destinations.clear();
        staging.clear();
    }

    /** Takes as much of the body as one step may hold. */
    private void collect() {
        int pendingStart = 0;
        while (position < bodyLength && destinations.hasRoom()) {
            long runStart = run < plan.runCount() ? plan.runSource(run) : bodyLength;
            long runBytes = run < plan.runCount() ? plan.runLength(run) : 0;
            boolean direct = position >= runStart && (runBytes >= DIRECT_BYTES);
            if (direct) {
                pendingStart = closeStaged(pendingStart);
                addDirect(address + plan.runDestination(run), runBytes);
                position = runStart + runBytes;
                run++;
                continue;
            }
            boolean inGap = position < runStart;
            long bytes = inGap ? runStart - position : runBytes;
            if ((inGap && bytes >= skipBytes) || bytes > staging.remaining()) {
                break;
            }
            if (!inGap) {
                staged.add(staging.position(), address + plan.runDestination(run), bytes);
                run++;
            }
            staging.position(staging.position() + (int) bytes);
            position += bytes;
        }
        closeStaged(pendingStart);
    }

    private int closeStaged(int start) {
        int end = staging.position();
        if (end > start) {
            destinations.add(stagingAddress + start, end - start);
        }
        return end;
    }

    private void addDirect(long from, long bytes) {
        for (long done = 0; done < bytes; done += MAX_VIEW_BYTES) {
            destinations.add(from + done, Math.min(MAX_VIEW_BYTES, bytes - done));
        }
    }
}
