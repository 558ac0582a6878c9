package io.lightstream.transport;

import io.lightstream.transport.spi.CommonOptions;
import io.lightstream.transport.spi.Option;
import io.lightstream.transport.spi.Options;
import java.time.Duration;

/**
 * How to connect or listen, for those who would rather not write it into a URI: {@code
 * TransportOptions.defaults().readTimeout(Duration.ofSeconds(5))} is {@code ?readTimeout=5s}. The same names; where both
 * say something, the URI holds. An option that the transport does not have is an {@link IllegalArgumentException} when it
 * is used. Immutable: each method returns options that differ in one.
 */
public final class TransportOptions {
    private static final TransportOptions DEFAULTS = new TransportOptions(Options.none());

    private final Options options;

    private TransportOptions(Options options) {
        this.options = options;
    }

    /** Nothing set. */
    public static TransportOptions defaults() {
        return DEFAULTS;
    }

    /** How long connecting waits for the peer. Default: as long as the system does. */
    public TransportOptions connectTimeout(Duration time) {
        return with(CommonOptions.CONNECT_TIMEOUT, time);
    }

    /** How long a read waits for the next byte. Default: for ever. */
    public TransportOptions readTimeout(Duration time) {
        return with(CommonOptions.READ_TIMEOUT, time);
    }

    /** How long a write waits until the peer takes another byte. Default: for ever. */
    public TransportOptions writeTimeout(Duration time) {
        return with(CommonOptions.WRITE_TIMEOUT, time);
    }

    /**
     * How long a blocked read or write waits while nothing moves in either direction. Default: for ever. Noticed by the
     * thread that reads or writes; a connection that nobody uses is watched by nobody.
     */
    public TransportOptions idleTimeout(Duration time) {
        return with(CommonOptions.IDLE_TIMEOUT, time);
    }

    /** Bytes that the system buffers for sending. Default: 1 MiB for Unix domain sockets, else the system's choice. */
    public TransportOptions sendBuffer(int bytes) {
        return with(CommonOptions.SEND_BUFFER, bytes);
    }

    /** Bytes that the system buffers for receiving. Default: the system's choice. */
    public TransportOptions receiveBuffer(int bytes) {
        return with(CommonOptions.RECEIVE_BUFFER, bytes);
    }

    /**
     * Whether a reader that has drained the connection in the middle of a large batch sleeps some microseconds, until more
     * has gathered, instead of having the sender wake it for every few KB. Default: true.
     */
    public TransportOptions readPauses(boolean pause) {
        return with(CommonOptions.READ_PAUSES, pause);
    }

    /** Whether TCP sends what was flushed at once instead of waiting for more. Default: true. */
    public TransportOptions noDelay(boolean atOnce) {
        return with(CommonOptions.NO_DELAY, atOnce);
    }

    /** Peers that the system keeps waiting until a server accepts them. Default: 128. */
    public TransportOptions backlog(int peers) {
        return with(CommonOptions.BACKLOG, peers);
    }

    /** Connections that a server has at one time; more wait in the backlog. Default: no limit. */
    public TransportOptions maxConnections(int connections) {
        return with(CommonOptions.MAX_CONNECTIONS, connections);
    }

    /** Whether a Unix domain socket's file is deleted when its server is closed. Default: true. */
    public TransportOptions deleteOnClose(boolean delete) {
        return with(CommonOptions.DELETE_ON_CLOSE, delete);
    }

    /** Any other option, of a transport that has options of its own. */
    public <T> TransportOptions with(Option<T> option, T value) {
        return new TransportOptions(options.with(option, value));
    }

    /** The same for a transport. */
    Options options() {
        return options;
    }

    @Override
    public String toString() {
        return options.toString();
    }
}
