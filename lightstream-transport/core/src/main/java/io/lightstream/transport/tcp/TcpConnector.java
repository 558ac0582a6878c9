package io.lightstream.transport.tcp;

import io.lightstream.transport.internal.SocketLink;
import io.lightstream.transport.spi.CommonOptions;
import io.lightstream.transport.spi.Endpoint;
import io.lightstream.transport.spi.HostAndPort;
import io.lightstream.transport.spi.Link;
import io.lightstream.transport.spi.TransportErrors;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Tries the addresses of a host one after another; the time-out is for all of them together. */
final class TcpConnector {
    private final Endpoint endpoint;
    private final HostAndPort target;
    private final Optional<Duration> timeout;
    private final long startNanos = System.nanoTime();

    TcpConnector(Endpoint endpoint) {
        this.endpoint = endpoint;
        this.target = TcpTransport.address(endpoint);
        this.timeout = endpoint.options().get(CommonOptions.CONNECT_TIMEOUT);
    }

    Link connect() throws IOException {
        IOException failure = new ConnectException("the host has no address");
        for (InetAddress address : addresses()) {
            try {
                return connect(new InetSocketAddress(address, target.port()));
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                failure = e;
            }
        }
        throw TransportErrors.connectFailed(endpoint.name(), failure);
    }

    private InetAddress[] addresses() throws IOException {
        try {
            return InetAddress.getAllByName(target.host());
        } catch (IOException e) {
            throw TransportErrors.connectFailed(endpoint.name(), e);
        }
    }

    private Link connect(InetSocketAddress address) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            TcpOptions.apply(endpoint.options(), channel);
            // The socket of a channel connects with a time-out and stays interruptible; the channel itself knows none.
            channel.socket().connect(address, remainingMillis());
            return new SocketLink(channel, endpoint.name(), endpoint.options());
        } catch (SocketTimeoutException e) {
            channel.close();
            throw timedOut();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** What is left of the time-out; 0 is for ever, as sockets have it. */
    private int remainingMillis() throws IOException {
        if (timeout.isEmpty()) {
            return 0;
        }
        long nanos = timeout.get().toNanos() - (System.nanoTime() - startNanos);
        if (nanos <= 0) {
            throw timedOut();
        }
        return (int) Math.min(Integer.MAX_VALUE, 1 + TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    private SocketTimeoutException timedOut() {
        return TransportErrors.timedOut(endpoint.name(), "connect", "an answer", timeout.orElseThrow());
    }
}
