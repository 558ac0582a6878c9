package io.lightstream.mmap.follow;

import io.lightstream.codec.LightstreamException;
import java.time.Duration;

/**
 * No message has come for as long as {@link FollowOptions#idleTimeout()} allows; the file ends behind a whole one.
 * {@link FollowedStream#next()} may be called again.
 */
public final class FollowTimeoutException extends LightstreamException {
    private static final long serialVersionUID = 1L;

    FollowTimeoutException(String source, long position, Duration waited) {
        super(source, position, "idle", "a message within " + waited.toMillis() + " ms", "none");
    }
}
