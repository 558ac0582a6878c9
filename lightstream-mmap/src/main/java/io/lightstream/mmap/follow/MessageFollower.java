package io.lightstream.mmap.follow;

import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.internal.input.MessageCursor.Found;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Waits for one message after another of a file that grows. One thread at a time; any thread may wake it or close. */
final class MessageFollower implements Closeable {
    private final FollowedFile file;
    private final FileChanges changes;
    private final CompleteMessages messages;
    private final FollowOptions options;
    private final String source;
    private final Patience patience;
    private long position;
    private volatile boolean stopped;

    /**
     * @param file closed with this
     * @param changes of the file, closed with this
     */
    MessageFollower(FollowedFile file, FileChanges changes, CompleteMessages messages, FollowOptions options) {
        this.file = file;
        this.changes = changes;
        this.messages = messages;
        this.options = options;
        this.source = file.path().toString();
        this.patience = new Patience(options);
    }

    /** Where the next message begins. */
    long position() {
        return position;
    }

    /** Goes to another message boundary. */
    void moveTo(long newPosition) {
        position = newPosition;
    }

    /** That the message at the position was complete and is gone. */
    RotatedFileException truncated() throws IOException {
        return messages.truncated(position);
    }

    /** The message at the position, as soon as it is complete; absent where the stream ends instead, or was stopped. */
    Optional<Found.Message> await() throws IOException {
        patience.begin();
        boolean lookedAfterRotation = false;
        while (!stopped) {
            Found found = messages.look(position);
            if (found instanceof Found.Message message) {
                return Optional.of(message);
            }
            if (found instanceof Found.EndOfStream && !options.goesOnPastEnd()) {
                return Optional.empty();
            }
            Optional<RotatedFileException> rotation = file.rotation(position);
            if (rotation.isPresent() && !lookedAfterRotation) {
                // What came between the look and the rotation is still handed out.
                lookedAfterRotation = true;
                continue;
            }
            await(patienceLeft(found, rotation));
        }
        return Optional.empty();
    }

    private void await(long nanosLeft) throws IOException {
        try {
            changes.await(Math.min(nanosLeft, options.checkInterval().toNanos()));
        } catch (FollowClosedException e) {
            if (!stopped) {
                throw e;
            }
        }
    }

    /** How long may be waited for more; an error where nothing more is to be expected, or has not come in time. */
    private long patienceLeft(Found found, Optional<RotatedFileException> rotation) throws IOException {
        // The writer may have the file open still, to write the rest before it turns to the next one.
        boolean begun = found instanceof Found.Incomplete || (rotation.isPresent() && messages.isHeldBack());
        if (rotation.isPresent() && !begun) {
            throw rotation.get();
        }
        long left = begun ? patience.leftForRest(messages.size()) : patience.leftForNext();
        if (left > 0) {
            return left;
        }
        if (rotation.isPresent()) {
            throw rotation.get();
        }
        if (found instanceof Found.Incomplete incomplete) {
            throw stalled(incomplete);
        }
        throw new FollowTimeoutException(source, position, options.idleTimeout());
    }

    private TruncatedStreamException stalled(Found.Incomplete incomplete) {
        return new TruncatedStreamException(
                source,
                messages.size(),
                incomplete.what(),
                incomplete.bytes() + " bytes",
                (messages.size() - incomplete.start()) + ", and no more for "
                        + options.stallTimeout().toMillis() + " ms");
    }

    /** Lets no more messages come. */
    void stop() throws IOException {
        stopped = true;
        changes.close();
    }

    void wakeUp() {
        changes.wakeUp();
    }

    @Override
    public void close() throws IOException {
        try (changes) {
            file.close();
        }
    }
}
