package io.lightstream.mmap.follow;

import java.nio.channels.AsynchronousCloseException;

/** Another thread has closed the reader while it waited; what a channel throws then, but with a message. */
final class FollowClosedException extends AsynchronousCloseException {
    private static final long serialVersionUID = 1L;

    private final String message;

    FollowClosedException(String source) {
        this.message = "[" + source + "] wait: expected an open reader, found it closed by another thread";
    }

    @Override
    public String getMessage() {
        return message;
    }
}
