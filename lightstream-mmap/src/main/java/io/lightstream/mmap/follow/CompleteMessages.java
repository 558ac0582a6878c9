package io.lightstream.mmap.follow;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.internal.input.MessageCursor;
import io.lightstream.codec.internal.input.MessageCursor.Found;
import io.lightstream.codec.internal.input.PositionedInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Finds the messages of a file that other processes append to: whole ones, and never one made of the bytes of two writers.
 *
 * <p>What is relied on: writers append, so that the bytes below the size of the file are there; and a file is cut back, by
 * whoever goes on after a writer that died, only to the end of its last complete message. A message that was complete at any
 * one moment therefore never changes again.
 *
 * <p>What must not happen: metadata of a dead writer, taken together with a size that its successor has reached. One moment
 * at which both the metadata stood there and the size covered the message is what makes it complete, and no system call
 * shows both. So metadata are read, then the size, then the metadata again. If they are the same, they stood there at the
 * moment of the size: unless meanwhile a second writer has replaced them, got as far, died as well, and a third one has cut
 * its bytes off and written the very bytes of the first. The same holds for an end of stream and for bytes that are no
 * message at all: no verdict rests on bytes that were seen once. What is incomplete is forgotten; the next look reads it anew.
 */
final class CompleteMessages {
    private final PositionedInput input;
    private final MessageCursor cursor;
    private final LongSupplier watermark;
    private final Path path;
    /** Bytes that the file can never have fewer of. */
    private long completeBytes;

    private long size;
    private boolean heldBack;

    /**
     * @param input what a shrunk file lacks is a {@link ShrinkingInput.ShrunkException}
     * @param cursor over {@code input}
     * @param watermark bytes that count
     * @param path in errors
     * @param start bytes that are known to have been complete
     */
    CompleteMessages(PositionedInput input, MessageCursor cursor, LongSupplier watermark, Path path, long start) {
        this.input = input;
        this.cursor = cursor;
        this.watermark = watermark;
        this.path = path;
        this.completeBytes = start;
    }

    /**
     * What there is at {@code position}, which is a message boundary. What the watermark holds back is not there.
     *
     * @throws RotatedFileException where the file has lost complete messages
     * @throws LightstreamException where there is something else than a message
     */
    Found look(long position) throws IOException {
        while (true) {
            try {
                Optional<Found> found = lookOnce(position);
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (ShrinkingInput.ShrunkException e) {
                // Cut since its size was asked for; the next look begins with the new one.
            }
        }
    }

    /** Empty where the bytes changed while they were looked at. */
    private Optional<Found> lookOnce(long position) throws IOException {
        long counted = watermark.getAsLong();
        size = input.size();
        if (size < completeBytes) {
            throw truncated(position);
        }
        heldBack = counted < size;
        Found found;
        try {
            found = cursor.next(position, Math.max(position, Math.min(size, counted)));
        } catch (LightstreamException e) {
            if (cursor.isUnchanged()) {
                throw e;
            }
            return Optional.empty();
        }
        if (found instanceof Found.Message message) {
            if (!isSettled(message.block().end())) {
                return Optional.empty();
            }
            completeBytes = Math.max(completeBytes, message.block().end());
        } else if (found instanceof Found.EndOfStream marker && !isSettled(marker.end())) {
            return Optional.empty();
        } else if (found instanceof Found.Incomplete && heldBack) {
            found = new Found.EndOfInput();
        }
        return Optional.of(found);
    }

    private boolean isSettled(long end) throws IOException {
        return input.size() >= end && cursor.isUnchanged();
    }

    /** That complete messages are gone. */
    RotatedFileException truncated(long position) throws IOException {
        return new RotatedFileException(
                path,
                position,
                RotatedFileException.Change.TRUNCATED,
                completeBytes + " bytes or more",
                String.valueOf(input.size()),
                null);
    }

    /** Bytes of the file at the last look. */
    long size() {
        return size;
    }

    /** Whether at the last look the file had more bytes than counted. */
    boolean isHeldBack() {
        return heldBack;
    }
}
