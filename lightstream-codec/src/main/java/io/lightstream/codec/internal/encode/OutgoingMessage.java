package io.lightstream.codec.internal.encode;

import io.lightstream.codec.Alignment;
import io.lightstream.codec.frame.FrameStage;
import io.lightstream.codec.frame.StagedFrame;
import io.lightstream.codec.memory.NativeMemory;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A message on its way out: metadata, small buffers, computed buffers and padding are put together in the output's own memory,
 * the other buffers of a large message are written as they lie.
 *
 * @param framedMetadata the metadata with their prefix, direct
 * @param body what they describe
 */
public record OutgoingMessage(ByteBuffer framedMetadata, OutgoingBody body) implements StagedFrame {
    /** A buffer of Java spans at most 2 GiB. */
    private static final long MAX_VIEW_BYTES = 1 << 30;

    private static final long NOT_COMPRESSED = -1;

    @Override
    public void writeTo(FrameStage stage) throws IOException {
        boolean lends = stage.lends(framedMetadata.remaining() + body.bodyLength());
        copy(NativeMemory.addressOf(framedMetadata), framedMetadata.remaining(), stage);
        for (int i = 0; i < body.bufferCount(); i++) {
            if (body.isStored(i)) {
                stage.room(Long.BYTES).putLong(NOT_COMPRESSED);
            }
            writeContent(i, lends, stage);
            long length = body.bufferLength(i);
            pad((int) (Alignment.roundUp(length) - length), stage);
        }
    }

    private void writeContent(int buffer, boolean lends, FrameStage stage) throws IOException {
        long length = body.contentLength(buffer);
        ComputedBuffer computed = body.computed(buffer);
        if (computed != null) {
            compute(computed, length, stage);
        } else if (lends && length >= FrameStage.LEAST_LENT_BYTES) {
            lend(body.address(buffer), length, stage);
        } else {
            copy(body.address(buffer), length, stage);
        }
    }

    private static void copy(long address, long length, FrameStage stage) throws IOException {
        for (long done = 0; done < length; ) {
            ByteBuffer to = stage.room(1);
            int count = (int) Math.min(length - done, to.remaining());
            NativeMemory.copy(address + done, stage.address(), count);
            to.position(to.position() + count);
            done += count;
        }
    }

    private static void compute(ComputedBuffer computed, long length, FrameStage stage) throws IOException {
        for (long done = 0; done < length; ) {
            ByteBuffer to = stage.room(ComputedBuffer.STEP_BYTES);
            int steps = to.remaining() & -ComputedBuffer.STEP_BYTES;
            int count = (int) Math.min(length - done, steps);
            computed.write(done, count, stage.address());
            to.position(to.position() + count);
            done += count;
        }
    }

    private static void lend(long address, long length, FrameStage stage) throws IOException {
        for (long done = 0; done < length; done += MAX_VIEW_BYTES) {
            stage.lend(NativeMemory.view(address + done, Math.min(MAX_VIEW_BYTES, length - done)));
        }
    }

    /** At most the rest of an alignment step, so one room does. */
    private static void pad(int count, FrameStage stage) throws IOException {
        if (count > 0) {
            ByteBuffer to = stage.room(count);
            NativeMemory.fill(stage.address(), count, (byte) 0);
            to.position(to.position() + count);
        }
    }
}
