package io.lightstream.codec.ipc;

import io.lightstream.codec.frame.GatheringOutput;
import io.lightstream.codec.internal.Closeables;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.function.Function;

/** Opens writers so that the channel is closed where that fails. */
final class Opening {
    private Opening() {}

    /** Writes what stands at the beginning. */
    interface Beginning<W> {
        void write(W writer) throws IOException;
    }

    static <W extends Closeable> W of(
            WritableByteChannel channel,
            IpcWriteOptions options,
            Function<GatheringOutput, W> maker,
            Beginning<W> beginning)
            throws IOException {
        GatheringOutput output;
        try {
            output = GatheringOutput.open(channel, MessageWriter.outputOptions(options));
        } catch (RuntimeException | Error e) {
            Closeables.closeAfter(e, channel);
            throw e;
        }
        Closeable opened = output;
        try {
            W writer = maker.apply(output);
            opened = writer;
            beginning.write(writer);
            return writer;
        } catch (IOException | RuntimeException | Error e) {
            Closeables.closeAfter(e, opened);
            throw e;
        }
    }
}
