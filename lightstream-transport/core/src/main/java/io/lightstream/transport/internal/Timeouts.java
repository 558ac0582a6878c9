package io.lightstream.transport.internal;

import io.lightstream.transport.spi.CommonOptions;
import io.lightstream.transport.spi.Options;
import java.time.Duration;
import java.util.Optional;

/** How long a link may stand still: in one direction, and in both. */
record Timeouts(Optional<Duration> read, Optional<Duration> write, Optional<Duration> idle) {
    static Timeouts of(Options options) {
        return new Timeouts(
                options.get(CommonOptions.READ_TIMEOUT),
                options.get(CommonOptions.WRITE_TIMEOUT),
                options.get(CommonOptions.IDLE_TIMEOUT));
    }

    /** Whether there is none: plain blocking calls will do then. */
    boolean none() {
        return read.isEmpty() && write.isEmpty() && idle.isEmpty();
    }
}
