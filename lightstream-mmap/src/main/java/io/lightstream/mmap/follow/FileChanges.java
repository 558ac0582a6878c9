package io.lightstream.mmap.follow;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;

/** Lets one thread wait until something may have happened to a file. Any thread may wake it or close. */
interface FileChanges extends Closeable {
    /**
     * Changes of {@code file} as the file system reports them. Where it reports none, or has no more room for those who want
     * to know, every wait takes its time.
     *
     * @param source name of the file in errors
     */
    static FileChanges of(Path file, String source) {
        try {
            return DirectoryEvents.of(file, source);
        } catch (IOException | UnsupportedOperationException e) {
            // Followers look at the file after each wait in any case, so this costs time and nothing else.
            return new TimedChecks(source);
        }
    }

    /**
     * Waits until something may have changed since the last call, but no longer than {@code nanos}.
     *
     * @throws FollowClosedException where this is closed, before or meanwhile
     * @throws InterruptedIOException where the thread is interrupted, as which it stays marked
     */
    void await(long nanos) throws IOException;

    /** The error of a wait that an interrupt has ended. */
    static InterruptedIOException interrupted(String source) {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("[" + source + "] wait: expected a change of the file, found an interrupt");
    }

    /** Ends a wait, or the next one, if it can be ended other than by the file. */
    void wakeUp();

    /** Ends a wait with an error. Idempotent. */
    @Override
    void close() throws IOException;
}
