package io.lightstream.transport.internal;

import io.lightstream.transport.spi.CommonOptions;
import io.lightstream.transport.spi.Options;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.util.Optional;

/** Sets the sizes of a socket's buffers as the options say. */
public final class SocketBuffers {
    private SocketBuffers() {}

    /** To be called before the socket is connected. */
    public static void apply(Options options, NetworkChannel channel) throws IOException {
        Optional<Integer> sendBuffer = options.get(CommonOptions.SEND_BUFFER);
        if (sendBuffer.isPresent()) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, sendBuffer.get());
        }
        applyReceive(options, channel);
    }

    /** For a listener, before it is bound: the window of a connection is agreed on while it is made. */
    public static void applyReceive(Options options, NetworkChannel channel) throws IOException {
        Optional<Integer> receiveBuffer = options.get(CommonOptions.RECEIVE_BUFFER);
        if (receiveBuffer.isPresent()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer.get());
        }
    }
}
