package io.lightstream.codec.ipc;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes a stream has, where its channel can tell: pipes and devices say 0. A file may grow while it is read, so the
 * channel is asked again before anything is said to be missing.
 */
final class InputEnd {
    /** The end of an input that nobody knows the length of. */
    static final InputEnd UNKNOWN = new InputEnd(null, 0);

    private static final long ANY = Long.MAX_VALUE;

    private final @Nullable SeekableByteChannel channel;
    /** Position in the channel at which the stream begins. */
    private final long start;

    private long known;

    private InputEnd(@Nullable SeekableByteChannel channel, long start) {
        this.channel = channel;
        this.start = start;
        this.known = channel == null ? ANY : 0;
    }

    /** The end of a stream that begins where the channel stands. */
    static InputEnd of(ReadableByteChannel channel) throws IOException {
        return channel instanceof SeekableByteChannel seekable && seekable.size() > 0
                ? new InputEnd(seekable, seekable.position())
                : UNKNOWN;
    }

    /** Bytes from {@code position} of the stream to its end, as far as is known: all that there can be where nobody knows. */
    long available(long position, long wanted) {
        if (channel != null && known - position < wanted) {
            known = ask(channel);
        }
        return known == ANY ? ANY : Math.max(0, known - position);
    }

    private long ask(SeekableByteChannel asked) {
        try {
            return asked.size() - start;
        } catch (IOException e) {
            // The next read of the channel fails as well, and says why.
            return ANY;
        }
    }
}
