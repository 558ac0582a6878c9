package io.lightstream.codec.internal.encode;

import io.lightstream.codec.Alignment;
import io.lightstream.codec.frame.FrameSink;
import io.lightstream.codec.memory.NativeMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Hands messages to a sink: metadata, small buffers, computed buffers and padding by way of one scratch buffer, large buffers
 * as they lie, as few calls of the sink as that allows. Nothing is held back when a message has been written.
 */
public final class MessageOutput {
    private static final int SCRATCH_BYTES = 64 << 10;
    /** From this size on a buffer is not copied. */
    static final int LARGE_BYTES = 16 << 10;
    /** A buffer of Java spans at most 2 GiB. */
    static final long MAX_VIEW_BYTES = 1 << 30;

    private static final int MAX_PENDING = 64;
    private static final long NOT_COMPRESSED = -1;

    private final FrameSink sink;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
    private final long scratchAddress = NativeMemory.addressOf(scratch);
    private final @Nullable ByteBuffer[] pending = new @Nullable ByteBuffer[MAX_PENDING];
    private int pendingCount;
    /** The part of the scratch buffer that is filled but not in {@link #pending}. */
    private int from;

    private int to;

    public MessageOutput(FrameSink sink) {
        this.sink = sink;
    }

    /** Writes one message. */
    public void write(ByteBuffer framedMetadata, OutgoingBody body) throws IOException {
        from = 0;
        to = 0;
        copy(NativeMemory.addressOf(framedMetadata), framedMetadata.remaining());
        for (int i = 0; i < body.bufferCount(); i++) {
            if (body.isStored(i)) {
                room(Long.BYTES);
                NativeMemory.putLong(scratchAddress + to, NOT_COMPRESSED);
                to += Long.BYTES;
            }
            writeContent(body, i);
            long length = body.bufferLength(i);
            pad((int) (Alignment.roundUp(length) - length));
        }
        flush();
    }

    private void writeContent(OutgoingBody body, int buffer) throws IOException {
        long length = body.contentLength(buffer);
        ComputedBuffer computed = body.computed(buffer);
        if (computed != null) {
            compute(computed, length);
        } else if (length < LARGE_BYTES) {
            copy(body.address(buffer), length);
        } else {
            lend(body.address(buffer), length);
        }
    }

    private void copy(long address, long length) throws IOException {
        long done = 0;
        while (done < length) {
            room(1);
            int count = (int) Math.min(length - done, SCRATCH_BYTES - to);
            NativeMemory.copy(address + done, scratchAddress + to, count);
            to += count;
            done += count;
        }
    }

    private void compute(ComputedBuffer computed, long length) throws IOException {
        long done = 0;
        while (done < length) {
            room(ComputedBuffer.STEP_BYTES);
            int steps = (SCRATCH_BYTES - to) & -ComputedBuffer.STEP_BYTES;
            int count = (int) Math.min(length - done, steps);
            computed.write(done, count, scratchAddress + to);
            to += count;
            done += count;
        }
    }

    private void lend(long address, long length) throws IOException {
        for (long done = 0; done < length; done += MAX_VIEW_BYTES) {
            if (pendingCount > MAX_PENDING - 3) {
                flush();
            }
            queueScratch();
            pending[pendingCount++] = NativeMemory.view(address + done, Math.min(MAX_VIEW_BYTES, length - done));
        }
    }

    private void pad(int count) throws IOException {
        room(count);
        NativeMemory.fill(scratchAddress + to, count, (byte) 0);
        to += count;
    }

    private void room(int bytes) throws IOException {
        if (SCRATCH_BYTES - to < bytes) {
            flush();
        }
    }

    private void queueScratch() {
        if (to > from) {
            pending[pendingCount++] = scratch.slice(from, to - from);
            from = to;
        }
    }

    private void flush() throws IOException {
        if (pendingCount == 0) {
            sink.write(scratch.limit(to).position(0));
            scratch.clear();
        } else {
            queueScratch();
            writePending();
        }
        from = 0;
        to = 0;
    }

    private void writePending() throws IOException {
        ByteBuffer[] buffers = new ByteBuffer[pendingCount];
        System.arraycopy(pending, 0, buffers, 0, pendingCount);
        Arrays.fill(pending, 0, pendingCount, null);
        pendingCount = 0;
        sink.write(buffers, 0, buffers.length);
    }
}
