package io.lightstream.transport.tcp;

import io.lightstream.transport.internal.SocketBuffers;
import io.lightstream.transport.internal.SocketLink;
import io.lightstream.transport.spi.CommonOptions;
import io.lightstream.transport.spi.Link;
import io.lightstream.transport.spi.Options;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** Sets a socket up as the options say. */
final class TcpOptions {
    private TcpOptions() {}

    /** A socket as a link, which owns it, even when this throws. */
    static Link link(SocketChannel channel, String name, Options options) throws IOException {
        boolean pauses = options.get(CommonOptions.READ_PAUSES, true);
        return new SocketLink(channel, name, options.with(CommonOptions.READ_PAUSES, pauses));
    }

    static void apply(Options options, SocketChannel channel) throws IOException {
        SocketBuffers.apply(options, channel);
        // Writers flush whole batches, so there is nothing that waiting could add to a packet.
        channel.setOption(StandardSocketOptions.TCP_NODELAY, options.get(CommonOptions.NO_DELAY, true));
    }
}
