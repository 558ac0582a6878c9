package io.lightstream.transport.unix;

import io.lightstream.transport.spi.CommonOptions;
import io.lightstream.transport.spi.Endpoint;
import io.lightstream.transport.spi.TransportErrors;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Connects to a Unix domain socket. That needs no answer, but a place in the listener's backlog, and a system that has none left
 * lets a blocking call wait for ever. With a time-out the channel does not block, and is tried again until there is a place: the
 * system tells nobody when there is one.
 */
final class UnixConnector {
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Endpoint endpoint;
    private final UnixDomainSocketAddress address;
    private final Optional<Duration> timeout;
    private final long startNanos = System.nanoTime();

    UnixConnector(Endpoint endpoint, UnixDomainSocketAddress address) {
        this.endpoint = endpoint;
        this.address = address;
        this.timeout = endpoint.options().get(CommonOptions.CONNECT_TIMEOUT);
    }

    /** A connected, blocking channel. */
    SocketChannel connect() throws IOException {
        try {
            return timeout.isPresent()
                    ? connectWithin(timeout.get())
                    : connected(true).orElseThrow();
        } catch (IOException e) {
            throw TransportErrors.connectFailed(endpoint.name(), e);
        }
    }

    private SocketChannel connectWithin(Duration time) throws IOException {
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            IOException refusal;
            try {
                Optional<SocketChannel> connected = connected(false);
                if (connected.isPresent()) {
                    return connected.get();
                }
                refusal = new SocketException("connection pending");
            } catch (SocketException e) {
                refusal = whereForWantOfRoom(e);
            }
            long remaining = time.toNanos() - (System.nanoTime() - startNanos);
            if (remaining <= 0) {
                SocketTimeoutException late = TransportErrors.timedOut(endpoint.name(), "connect", "an answer", time);
                late.initCause(refusal);
                throw late;
            }
            pause(Math.min(pause, remaining));
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
    }

    /** The JDK has classes for all other reasons but that there is no such file, and words only in the language of the system. */
    private SocketException whereForWantOfRoom(SocketException refusal) throws SocketException {
        if (refusal.getClass() == SocketException.class && Files.exists(address.getPath())) {
            return refusal;
        }
        throw refusal;
    }

    /** Tries once, with a channel of its own: what an attempt in vain leaves of one is not said anywhere. */
    private Optional<SocketChannel> connected(boolean blocking) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        boolean connected = false;
        try {
            UnixOptions.apply(endpoint.options(), channel);
            channel.configureBlocking(blocking);
            connected = channel.connect(address);
            if (connected) {
                channel.configureBlocking(true);
            }
        } finally {
            if (!connected) {
                channel.close();
            }
        }
        return connected ? Optional.of(channel) : Optional.empty();
    }

    /** As interruptible as a blocking channel. */
    private static void pause(long nanos) throws IOException {
        LockSupport.parkNanos(nanos);
        if (Thread.currentThread().isInterrupted()) {
            throw new ClosedByInterruptException();
        }
    }
}
