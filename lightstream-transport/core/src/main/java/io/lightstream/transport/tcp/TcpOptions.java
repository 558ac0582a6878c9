package io.lightstream.transport.tcp;

import io.lightstream.transport.internal.SocketBuffers;
import io.lightstream.transport.spi.CommonOptions;
import io.lightstream.transport.spi.Options;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** Sets a socket up as the options say. */
final class TcpOptions {
    private TcpOptions() {}

    static void apply(Options options, SocketChannel channel) throws IOException {
        SocketBuffers.apply(options, channel);
        // Writers flush whole batches, so there is nothing that waiting could add to a packet.
        channel.setOption(StandardSocketOptions.TCP_NODELAY, options.get(CommonOptions.NO_DELAY, true));
    }
}
