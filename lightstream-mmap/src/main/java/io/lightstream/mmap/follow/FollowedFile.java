package io.lightstream.mmap.follow;

import io.lightstream.mmap.follow.RotatedFileException.Change;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An open file that can tell whether its path still names it. As long as it is open its key is not given to another file, and
 * its bytes can be read, whatever becomes of its name.
 */
final class FollowedFile implements Closeable {
    private final Path path;
    private final FileChannel channel;
    private final Object key;

    private FollowedFile(Path path, FileChannel channel, Object key) {
        this.path = path;
        this.channel = channel;
        this.key = key;
    }

    /** Opens a file that may have to be waited for. */
    static FollowedFile open(Path path, FollowOptions options) throws IOException {
        if (!options.waitsForFile()) {
            return open(path);
        }
        String source = path.toString();
        Patience patience = new Patience(options);
        patience.begin();
        try (FileChanges changes = FileChanges.of(path, source)) {
            while (true) {
                try {
                    return open(path);
                } catch (NoSuchFileException e) {
                    long left = patience.leftForNext();
                    if (left <= 0) {
                        throw new FollowTimeoutException(source, 0, options.idleTimeout());
                    }
                    changes.await(Math.min(left, options.checkInterval().toNanos()));
                }
            }
        }
    }

    /** Opens a regular file for reading. */
    private static FollowedFile open(Path path) throws IOException {
        while (true) {
            Object before = key(regular(path));
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            boolean opened = false;
            try {
                if (key(regular(path)).equals(before)) {
                    opened = true;
                    return new FollowedFile(path, channel, before);
                }
                // Replaced while it was opened: which of the two this is, nobody can tell.
            } finally {
                if (!opened) {
                    channel.close();
                }
            }
        }
    }

    private static BasicFileAttributes regular(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new FileSystemException(
                    path.toString(), null, attributes.isDirectory() ? "is a directory" : "is no regular file");
        }
        return attributes;
    }

    /** Device and inode; where the system has none, the time of creation is the next best. */
    private static Object key(BasicFileAttributes attributes) {
        Object fileKey = attributes.fileKey();
        return fileKey == null ? attributes.creationTime() : fileKey;
    }

    /** As it was named by the caller. */
    Path path() {
        return path;
    }

    /** Reads from this very file. */
    FileChannel channel() {
        return channel;
    }

    /**
     * Whether the path names another file now, or none.
     *
     * @param position where reading has come to
     */
    Optional<RotatedFileException> rotation(long position) throws IOException {
        boolean replaced = true;
        try {
            if (key.equals(key(Files.readAttributes(path, BasicFileAttributes.class)))) {
                return Optional.empty();
            }
        } catch (NoSuchFileException e) {
            replaced = false;
        }
        Path newName = newName();
        Change change = Change.REMOVED;
        String found = "no file of this name";
        if (replaced) {
            change = Change.REPLACED;
            found = "another one";
        } else if (newName != null) {
            change = Change.RENAMED;
        }
        return Optional.of(new RotatedFileException(path, position, change, "the one that was opened", found, newName));
    }

    /** Looks for the file in its folder. Only the message depends on this, so a folder that cannot be read is none. */
    private @Nullable Path newName() {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null) {
            return null;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, this::isThisFile)) {
            for (Path entry : entries) {
                return entry;
            }
        } catch (IOException | DirectoryIteratorException e) {
            return null;
        }
        return null;
    }

    private boolean isThisFile(Path entry) {
        try {
            return key.equals(Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey());
        } catch (IOException e) {
            return false; // gone meanwhile
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
