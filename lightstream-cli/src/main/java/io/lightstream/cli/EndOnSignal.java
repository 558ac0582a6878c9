package io.lightstream.cli;

import io.lightstream.mmap.follow.FollowedStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets Ctrl-C end a command that has no other end: the input stops, the output is completed, and the exit code says that all
 * is well.
 */
final class EndOnSignal implements AutoCloseable {
    /** For an output that nobody takes. */
    private static final long PATIENCE_SECONDS = 5;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::end, "lightstream end");
    private volatile @Nullable FollowedStream input;
    private volatile boolean ended;

    private EndOnSignal() {}

    static EndOnSignal register() {
        EndOnSignal signal = new EndOnSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** What to stop; before there is anything, nothing has been put out. */
    void stops(FollowedStream stream) {
        input = stream;
    }

    /** That the output is complete. */
    void ended() {
        ended = true;
    }

    private void end() {
        FollowedStream stream = input;
        try {
            if (stream != null) {
                stream.stop();
                if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS) || !ended) {
                    return;
                }
            }
            // A JVM that a signal ends has an exit code of its own otherwise.
            Runtime.getRuntime().halt(ExitCode.DONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is on its way out and runs the hook.
        }
    }
}
