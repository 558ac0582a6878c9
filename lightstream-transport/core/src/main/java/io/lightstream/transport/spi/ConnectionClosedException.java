package io.lightstream.transport.spi;

import java.nio.channels.AsynchronousCloseException;
import org.jspecify.annotations.Nullable;

/**
 * This side has closed the connection or listener: before the call, or, from another thread or by an interrupt, while it
 * was blocked. A {@link java.nio.channels.ClosedChannelException}, but one that says what was closed.
 */
public final class ConnectionClosedException extends AsynchronousCloseException {
    private static final long serialVersionUID = 1L;

    /** The whole message: the superclass takes none. */
    private final String message;

    /**
     * An error of a closed connection.
     *
     * @param source name of the connection or listener
     * @param action what was going on, such as {@code read}
     * @param cause what the channel said, or null
     */
    public ConnectionClosedException(String source, String action, @Nullable Throwable cause) {
        this.message = "[" + source + "] " + action + ": expected an open connection, found it closed by this side";
        if (cause != null) {
            initCause(cause);
        }
    }

    @Override
    public String getMessage() {
        return message;
    }
}
