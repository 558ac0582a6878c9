package io.lightstream.transport.unix;

import io.lightstream.transport.internal.SocketBuffers;
import io.lightstream.transport.spi.CommonOptions;
import io.lightstream.transport.spi.Options;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Sets a socket up as the options say. */
final class UnixOptions {
    /**
     * With the 208 KiB that Linux gives by default, writer and reader wait for each other at every write of a large batch.
     * The system takes less where it allows less.
     */
    private static final int SEND_BUFFER_BYTES = 1 << 20;

    private UnixOptions() {}

    static void apply(Options options, SocketChannel channel) throws IOException {
        int sendBuffer = options.get(CommonOptions.SEND_BUFFER, SEND_BUFFER_BYTES);
        SocketBuffers.apply(options.with(CommonOptions.SEND_BUFFER, sendBuffer), channel);
    }
}
