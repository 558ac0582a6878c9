package io.lightstream.codec.frame;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets bytes gather in the middle of a payload, which the JDK's sockets cannot be told to do (C has {@code SO_RCVLOWAT}
 * for it). A reader that is faster than its peer drains the socket, and waits; the peer then has to wake it for every few
 * KB, in time in which it could send. Who sleeps a moment instead waits for nothing, is woken by nobody, and finds a few
 * hundred KB.
 *
 * <p>Pauses only where they pay: in payloads of which the sender has more to send than what gathers in one pause; when the
 * last read took all there was, and that was not little; and while a whole read is still to come, so that the end of a
 * payload never waits. After a pause that took too long, because the system cannot sleep for less (Windows) or had no
 * processor for this thread, it leaves out one chance, then three, then seven.
 */
class ReadPauses {
    /** A peer that sends less than this in a pause is slow enough to wake its reader each time. */
    static final int WORTHWHILE_BYTES = 32 << 10;

    /** What a fast sender gets rid of in one pause and the read before it. */
    static final int LARGE_PAYLOAD_BYTES = 768 << 10;

    /** No system sleeps as short as this; what comes of it on Linux is some 80 microseconds. */
    private static final long SHORTEST_NANOS = 1;

    /** In this time a socket's buffer may have filled up, and the peer waits. */
    static final long TOO_LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final int MOST_LEFT_OUT = (1 << 20) - 1;

    private final boolean enabled;
    private boolean drained;
    /** Of the payload under way. */
    private long payloadBytes;

    private long remainingBefore;
    /** How many chances the last long pause costs. */
    private int penalty;
    /** How many of them are still to be left out. */
    private int leftOut;

    ReadPauses(boolean enabled) {
        this.enabled = enabled;
    }

    /** To be called before a read that asks for {@code wanted} of the {@code remaining} bytes of a payload. */
    void beforeRead(long wanted, long remaining) {
        if (remaining > remainingBefore) {
            payloadBytes = remaining;
        }
        remainingBefore = remaining;
        if (drained && remaining > wanted && payloadBytes >= LARGE_PAYLOAD_BYTES) {
            if (leftOut > 0) {
                leftOut--;
            } else {
                pause();
            }
        }
    }

    /** To be called after it; {@code count} is what the channel had. */
    void afterRead(long wanted, long count) {
        drained = enabled && count < wanted && count >= WORTHWHILE_BYTES;
    }

    /** Something else than payload was read: what the last read of payload found says nothing any more. */
    void forget() {
        drained = false;
    }

    private void pause() {
        long start = nanoTime();
        sleep();
        boolean tooLong = nanoTime() - start > TOO_LONG_NANOS;
        penalty = tooLong ? Math.min(2 * penalty + 1, MOST_LEFT_OUT) : 0;
        leftOut = penalty;
    }

    /** The clock; a test has its own. */
    long nanoTime() {
        return System.nanoTime();
    }

    /** As short as the system can; a test does not sleep. */
    void sleep() {
        LockSupport.parkNanos(SHORTEST_NANOS);
    }
}
