package io.lightstream.transport.spi;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What transports throw, in the one form {@code [source] action: expected X, found Y}. The classes are those of {@code
 * java.net}, so that code that knows them needs to learn nothing.
 */
public final class TransportErrors {
    private TransportErrors() {}

    /** Nothing moved for as long as the caller was prepared to wait. */
    public static SocketTimeoutException timedOut(String source, String action, String awaited, Duration after) {
        return new SocketTimeoutException(
                message(source, action, awaited + " within " + OptionValues.format(after), "none"));
    }

    /** No connection came about; a {@linkplain #timedOut time-out} stays as it is. */
    public static IOException connectFailed(String source, IOException cause) {
        if (cause instanceof SocketTimeoutException) {
            return cause;
        }
        if (cause instanceof UnknownHostException) {
            return as(
                    new UnknownHostException(message(source, "connect", "a host name that is known", said(cause))),
                    cause);
        }
        if (cause instanceof NoRouteToHostException) {
            return as(
                    new NoRouteToHostException(message(source, "connect", "a route to the host", said(cause))), cause);
        }
        if (cause instanceof ClosedChannelException) {
            return new ConnectionClosedException(source, "connect", cause);
        }
        return as(new ConnectException(message(source, "connect", "a peer that listens", said(cause))), cause);
    }

    /** The address cannot be listened on, because of {@code cause}. */
    public static IOException bindFailed(String source, IOException cause) {
        return bindFailed(source, said(cause), cause);
    }

    /** The address cannot be listened on. */
    public static IOException bindFailed(String source, String found, @Nullable IOException cause) {
        return as(
                new BindException(
                        message(source, "listen", "an address that is free and belongs to this machine", found)),
                cause);
    }

    /**
     * A file cannot be opened or created.
     *
     * @param expected what has to be there
     * @return {@link FileNotFoundException} where it is not
     */
    public static IOException fileFailed(String path, String action, String expected, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return as(new FileNotFoundException(message(path, action, expected, "none")), cause);
        }
        return new IOException(message(path, action, expected, said(cause)), cause);
    }

    /** A read failed: {@link ConnectionClosedException} where this side closed, else most often a reset by the peer. */
    public static IOException readFailed(String source, IOException cause) {
        return failed(source, "read", "bytes or their end", cause);
    }

    /** A write failed: {@link ConnectionClosedException} where this side closed, else most often a peer that is gone. */
    public static IOException writeFailed(String source, IOException cause) {
        return failed(source, "write", "a peer that takes bytes", cause);
    }

    /**
     * No peer could be taken in: {@link ConnectionClosedException} where this side closed, {@link InterruptedIOException} where the
     * thread was interrupted, which closes a listener as well.
     */
    public static IOException acceptFailed(String source, IOException cause) {
        if (cause instanceof ClosedByInterruptException) {
            return acceptInterrupted(source, cause);
        }
        return failed(source, "accept", "a peer", cause);
    }

    /** The thread was interrupted while it waited to take in a peer. */
    public static InterruptedIOException acceptInterrupted(String source, Exception cause) {
        return as(new InterruptedIOException(message(source, "accept", "a peer", "an interrupt")), cause);
    }

    private static IOException failed(String source, String action, String expected, IOException cause) {
        if (cause instanceof ConnectionClosedException || cause instanceof SocketTimeoutException) {
            return cause;
        }
        if (cause instanceof ClosedChannelException) {
            return new ConnectionClosedException(source, action, cause);
        }
        return new IOException(message(source, action, expected, said(cause)), cause);
    }

    private static String message(String source, String action, String expected, String found) {
        return "[" + source + "] " + action + ": expected " + expected + ", found " + found;
    }

    /** What the system says, as the end of a sentence. */
    private static String said(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        // The message of an error of files is the path.
        String message = cause instanceof FileSystemException file ? file.getReason() : cause.getMessage();
        if (message == null || message.isEmpty()) {
            return cause.getClass().getSimpleName();
        }
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }

    private static <E extends IOException> E as(E error, @Nullable Exception cause) {
        if (cause != null) {
            error.initCause(cause);
        }
        return error;
    }
}
