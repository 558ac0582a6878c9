package io.lightstream.codec.internal.body;

import io.lightstream.codec.frame.ByteWindow;
import io.lightstream.codec.frame.DecodeResult;
import io.lightstream.codec.memory.NativeMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the runs of a {@link BodyPlan} from a stream to their places, step by step: a large run is read straight to where it
 * belongs; small ones and the padding between them share a staging buffer and are copied from there, because a system call
 * or a view of its own for each would cost more than the copy; long stretches nobody wants are skipped.
 */
public final class BodyReceiver {
    /** From this length on, a run is read straight to its place. */
    static final int DIRECT_BYTES = 16 << 10;

    private static final int STAGING_BYTES = 256 << 10;
    private static final int MAX_DESTINATIONS = 64;
    /** One view spans less than 2 GiB. */
    private static final long MAX_VIEW_BYTES = 1L << 30;

    private final BodyPlan plan;
    private final long address;
    private final long bodyLength;
    private final ByteBuffer staging;
    private final int skipBytes;
    private final List<ByteBuffer> destinations = new ArrayList<>();
    /** Staging offset, address and length of each piece to be copied when the step is filled. */
    private final List<long[]> staged = new ArrayList<>();

    private long position;
    private int run;

    /**
     * @param address where the memory of the plan begins
     * @param staging a direct buffer of {@link #stagingBytes} bytes, for this receiver alone until it is done
     * @param skipBytes stretches of this length and more that nobody wants are skipped
     */
    BodyReceiver(BodyPlan plan, long address, long bodyLength, ByteBuffer staging, int skipBytes) {
        this.plan = plan;
        this.address = address;
        this.bodyLength = bodyLength;
        this.staging = staging;
        this.skipBytes = skipBytes;
    }

    /** Bytes of staging to bring along. */
    public static int stagingBytes() {
        return STAGING_BYTES;
    }

    /** Copies the whole body out of a window that holds it from {@code index} on. */
    static void copy(BodyPlan plan, long address, ByteWindow window, int index) {
        for (int i = 0; i < plan.runCount(); i++) {
            ByteBuffer target = NativeMemory.view(address + plan.runDestination(i), plan.runLength(i));
            window.copyTo(index + (int) plan.runSource(i), target);
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
        return DecodeResult.needInto(consumed, destinations.toArray(new ByteBuffer[0]));
    }

    /** Copies what the last step staged; to be called when that step is filled. */
    public void copyStaged() {
        for (long[] piece : staged) {
            NativeMemory.copy(NativeMemory.addressOf(staging) + piece[0], piece[1], piece[2]);
        }
        staged.clear();
        destinations.clear();
        staging.clear();
    }

    /** Takes as much of the body as one step may hold. */
    private void collect() {
        int pendingStart = 0;
        while (position < bodyLength && destinations.size() < MAX_DESTINATIONS) {
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
                staged.add(new long[] {staging.position(), address + plan.runDestination(run), bytes});
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
            destinations.add(staging.slice(start, end - start));
        }
        return end;
    }

    private void addDirect(long from, long bytes) {
        for (long done = 0; done < bytes; done += MAX_VIEW_BYTES) {
            destinations.add(NativeMemory.view(from + done, Math.min(MAX_VIEW_BYTES, bytes - done)));
        }
    }
}
