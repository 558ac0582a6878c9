package io.lightstream.mmap.follow;

import io.lightstream.codec.ipc.IpcReadOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How a file that grows is followed. Immutable; start from {@link #defaults()}.
 *
 * @param reading limits, validation and columns; errors name the path, whatever source this names
 * @param waitsForFile whether a file that does not exist is waited for, instead of being an error
 * @param goesOnPastEnd whether the marker of the end of the stream is waited at until a writer overwrites it, instead of ending
 *     the reading. What lies behind a marker is not read
 * @param start byte offset from which on batches are handed out: a message boundary, such as {@link
 *     FollowedStream#nextPosition()} once was. The schema and the dictionaries before it are read all the same, the bodies of
 *     batches are not
 * @param checkInterval how long the file is left unlooked at while no event of the file system comes: the longest that an
 *     append goes unnoticed where there are no events, and that a rotation does
 * @param stallTimeout how long a message may stay incomplete while the file does not grow, before that is an error
 * @param idleTimeout how long a call may wait for a message to begin, before that is a {@link
 *     FollowTimeoutException}, after which the call may be repeated
 * @param watermark how many bytes of the file count, asked for before each look at the file; must not become smaller. See
 *     {@link FollowedStream#wakeUp()}
 * @param nanoClock what the time-outs are measured with, as {@link System#nanoTime()} counts
 */
public record FollowOptions(
        IpcReadOptions reading,
        boolean waitsForFile,
        boolean goesOnPastEnd,
        long start,
        Duration checkInterval,
        Duration stallTimeout,
        Duration idleTimeout,
        Optional<LongSupplier> watermark,
        LongSupplier nanoClock) {
    /** Longer than anybody waits: no time-out. */
    public static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private static final FollowOptions DEFAULTS = new FollowOptions(
            IpcReadOptions.defaults(),
            false,
            false,
            0,
            Duration.ofMillis(50),
            Duration.ofSeconds(30),
            FOREVER,
            Optional.empty(),
            System::nanoTime);

    public FollowOptions {
        Objects.requireNonNull(reading, "reading");
        Objects.requireNonNull(watermark, "watermark");
        Objects.requireNonNull(nanoClock, "nanoClock");
        if (start < 0) {
            throw new IllegalArgumentException("start: expected 0 or more, found " + start);
        }
        requirePositive("checkInterval", checkInterval);
        requirePositive("stallTimeout", stallTimeout);
        requirePositive("idleTimeout", idleTimeout);
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero() || duration.compareTo(FOREVER) > 0) {
            throw new IllegalArgumentException(name + ": expected 1 ns .. FOREVER, found " + duration);
        }
    }

    /**
     * The whole file, which must exist, up to the end of its stream; a check every 50 ms, 30 s for an incomplete message, any
     * time between messages.
     */
    public static FollowOptions defaults() {
        return DEFAULTS;
    }

    /** These options with other limits, validation or columns. */
    public FollowOptions withReading(IpcReadOptions options) {
        return new FollowOptions(
                options,
                waitsForFile,
                goesOnPastEnd,
                start,
                checkInterval,
                stallTimeout,
                idleTimeout,
                watermark,
                nanoClock);
    }

    /** These options with or without waiting for a file that does not exist yet. */
    public FollowOptions withWaitingForFile(boolean waits) {
        return new FollowOptions(
                reading, waits, goesOnPastEnd, start, checkInterval, stallTimeout, idleTimeout, watermark, nanoClock);
    }

    /** These options with or without waiting at the end of the stream for a writer that continues it. */
    public FollowOptions withGoingOnPastEnd(boolean goesOn) {
        return new FollowOptions(
                reading, waitsForFile, goesOn, start, checkInterval, stallTimeout, idleTimeout, watermark, nanoClock);
    }

    /** These options for the batches from a byte offset on. */
    public FollowOptions withStart(long position) {
        return new FollowOptions(
                reading,
                waitsForFile,
                goesOnPastEnd,
                position,
                checkInterval,
                stallTimeout,
                idleTimeout,
                watermark,
                nanoClock);
    }

    /** These options with another time between checks. */
    public FollowOptions withCheckInterval(Duration interval) {
        return new FollowOptions(
                reading, waitsForFile, goesOnPastEnd, start, interval, stallTimeout, idleTimeout, watermark, nanoClock);
    }

    /** These options with another patience for an incomplete message; {@link #FOREVER} for any. */
    public FollowOptions withStallTimeout(Duration timeout) {
        return new FollowOptions(
                reading, waitsForFile, goesOnPastEnd, start, checkInterval, timeout, idleTimeout, watermark, nanoClock);
    }

    /** These options with a limit on the waiting for a message; {@link #FOREVER} for none. */
    public FollowOptions withIdleTimeout(Duration timeout) {
        return new FollowOptions(
                reading,
                waitsForFile,
                goesOnPastEnd,
                start,
                checkInterval,
                stallTimeout,
                timeout,
                watermark,
                nanoClock);
    }

    /** These options with a bound on the bytes that count, such as those that a log has committed. */
    public FollowOptions withWatermark(LongSupplier bytes) {
        return new FollowOptions(
                reading,
                waitsForFile,
                goesOnPastEnd,
                start,
                checkInterval,
                stallTimeout,
                idleTimeout,
                Optional.of(bytes),
                nanoClock);
    }

    /** These options with another clock. */
    public FollowOptions withNanoClock(LongSupplier nanos) {
        return new FollowOptions(
                reading,
                waitsForFile,
                goesOnPastEnd,
                start,
                checkInterval,
                stallTimeout,
                idleTimeout,
                watermark,
                nanos);
    }
}
