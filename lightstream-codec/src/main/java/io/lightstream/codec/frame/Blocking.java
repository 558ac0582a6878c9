package io.lightstream.codec.frame;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SelectableChannel;

/** What the blocking drivers demand of a channel: that a call moves at least one byte. */
final class Blocking {
    /** A channel that makes no progress this often will never make any; waiting on would burn a processor. */
    private static final int MAX_IDLE_CALLS = 10_000;

    private int idleCalls;

    static void require(Channel channel) {
        if (channel instanceof SelectableChannel selectable && !selectable.isBlocking()) {
            throw new IllegalBlockingModeException();
        }
    }

    /** Takes note of what a call has moved (or -1). Wrapping channels (TLS) may do nothing now and then; not for ever. */
    void progress(long bytes) throws IOException {
        if (bytes != 0) {
            idleCalls = 0;
        } else if (++idleCalls >= MAX_IDLE_CALLS) {
            throw new IOException("The channel makes no progress; it must be in blocking mode");
        } else {
            Thread.onSpinWait();
        }
    }
}
