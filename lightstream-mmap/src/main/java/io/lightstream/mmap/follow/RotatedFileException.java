package io.lightstream.mmap.follow;

import io.lightstream.codec.LightstreamException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file that is followed is no longer the one that its path names, or has lost bytes that were read. {@link #position()} is
 * where reading had come to: everything complete before it was handed out.
 */
public final class RotatedFileException extends LightstreamException {
    private static final long serialVersionUID = 1L;

    /** What became of the file. */
    public enum Change {
        /** It has another name in the same folder, and nothing has taken its place yet. */
        RENAMED,
        /** Another file has its name. */
        REPLACED,
        /** Its name is gone: it was deleted, or moved to another folder. */
        REMOVED,
        /** It is shorter than what was read of it. */
        TRUNCATED
    }

    private final Change change;
    /** A path has no serial form. */
    private final @Nullable String newName;

    RotatedFileException(
            Path file, long position, Change change, String expected, String found, @Nullable Path newName) {
        super(file.toString(), position, "file", expected, newName == null ? found : found + "; it is now " + newName);
        this.change = change;
        this.newName = newName == null ? null : newName.toString();
    }

    /** What became of the file. */
    public Change change() {
        return change;
    }

    /** Where the file is now, if it was found in the same folder. */
    public Optional<Path> newName() {
        return Optional.ofNullable(newName).map(Path::of);
    }
}
