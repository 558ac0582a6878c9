package io.lightstream.transport.spi;

import java.time.Duration;
import java.util.Set;

/** Options that several transports share, so that one thing has one name everywhere. */
public final class CommonOptions {
    /** How long {@code connect} waits for the peer; not set: as long as the system does. */
    public static final Option<Duration> CONNECT_TIMEOUT = Option.duration("connectTimeout");

    /** How long a read waits for the next byte; not set: for ever. */
    public static final Option<Duration> READ_TIMEOUT = Option.duration("readTimeout");

    /** How long a write waits until the peer takes another byte; not set: for ever. */
    public static final Option<Duration> WRITE_TIMEOUT = Option.duration("writeTimeout");

    /**
     * How long a blocked read or write waits while nothing moves in either direction; not set: for ever. Noticed by the
     * thread that reads or writes: a connection that nobody uses is not watched by anyone.
     */
    public static final Option<Duration> IDLE_TIMEOUT = Option.duration("idleTimeout");

    /** Bytes that the system buffers for sending; not set: the transport's choice, or the system's. */
    public static final Option<Integer> SEND_BUFFER = Option.bytes("sendBuffer");

    /** Bytes that the system buffers for receiving; not set: the system's choice. */
    public static final Option<Integer> RECEIVE_BUFFER = Option.bytes("receiveBuffer");

    /**
     * Whether a reader that has drained the connection in the middle of a large batch sleeps some microseconds, until more
     * has gathered, instead of having the sender wake it for every few KB: more bytes a second for less of the processor,
     * and up to a tenth of a millisecond more until such a batch is complete. Not set: true.
     */
    public static final Option<Boolean> READ_PAUSES = Option.flag("readPauses");

    /** Whether what was flushed is sent at once instead of waiting for more; not set: true. */
    public static final Option<Boolean> NO_DELAY = Option.flag("noDelay");

    /** Peers that the system keeps waiting for {@code accept}; not set: 128. */
    public static final Option<Integer> BACKLOG = Option.count("backlog");

    /** Connections that a server has at one time; more wait in the backlog. Not set: no limit. */
    public static final Option<Integer> MAX_CONNECTIONS = Option.count("maxConnections");

    /** Whether the file of a socket is deleted when its listener is closed; not set: true. */
    public static final Option<Boolean> DELETE_ON_CLOSE = Option.flag("deleteOnClose");

    /** What every transport over a socket of the JDK understands. */
    public static final Set<Option<?>> SOCKET =
            Set.of(READ_TIMEOUT, WRITE_TIMEOUT, IDLE_TIMEOUT, SEND_BUFFER, RECEIVE_BUFFER, READ_PAUSES, BACKLOG);

    /** What is left to the system where {@link #BACKLOG} is not set. */
    public static final int DEFAULT_BACKLOG = 128;

    private CommonOptions() {}
}
