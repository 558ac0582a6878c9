package io.lightstream.codec.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;

/**
 * A file that is written beside its place and moved there when it is complete. Closing it before that leaves nothing behind.
 *
 * <p>A link stays one, and what it leads to is replaced, or made where there is nothing yet. Errors name the file that was
 * asked for: of the one beside it nobody knows.
 */
public final class ReplacedFile implements Closeable {
    /** As many as Linux follows. */
    private static final int MOST_LINKS = 40;

    private final Path file;
    private final Path target;
    private final Path beside;
    private final FileChannel channel;

    private ReplacedFile(Path file, Path target, Path beside, FileChannel channel) {
        this.file = file;
        this.target = target;
        this.beside = beside;
        this.channel = channel;
    }

    /**
     * Begins to replace {@code file}, which need not exist.
     *
     * @throws AccessDeniedException where its folder takes no new files
     * @throws FileSystemLoopException where it is a link that leads nowhere
     * @throws IOException where it has no folder, or a name that cannot be
     */
    public static ReplacedFile create(Path file) throws IOException {
        try {
            Path target = target(file);
            // Of one length, because a name that is as long as it may be has no room for more.
            Path beside = target.resolveSibling(".lightstream-" + UUID.randomUUID() + ".part");
            FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            return new ReplacedFile(file, target, beside, channel);
        } catch (FileSystemException e) {
            throw named(file, e);
        }
    }

    /** Where the last of the links leads to; {@code file} where it is none. */
    private static Path target(Path file) throws IOException {
        Path target = file;
        for (int links = 0; links <= MOST_LINKS; links++) {
            if (!isLink(target)) {
                return target;
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        throw new FileSystemLoopException(file.toString());
    }

    private static boolean isLink(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isSymbolicLink();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static FileSystemException named(Path file, FileSystemException e) {
        String name = file.toString();
        FileSystemException named;
        if (e instanceof NoSuchFileException) {
            named = new NoSuchFileException(name, null, "no such directory");
        } else if (e instanceof AccessDeniedException) {
            named = new AccessDeniedException(name, null, e.getReason());
        } else if (e instanceof FileSystemLoopException) {
            named = new FileSystemLoopException(name);
        } else {
            named = new FileSystemException(name, null, e.getReason());
        }
        named.initCause(e);
        return named;
    }

    /** Where the bytes go; closing it does nothing. */
    public GatheringByteChannel channel() {
        return new LentChannel(channel, () -> {});
    }

    /** The file that is written meanwhile. */
    public Path beside() {
        return beside;
    }

    /** Moves the file to its place: at its name there is what was there before or all of the new file. */
    public void commit() throws IOException {
        channel.close();
        try {
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileSystemException e) {
            throw named(file, e);
        }
    }

    /** As {@link #commit}, with the file on the device before it has its name, and the name as well when this returns. */
    public void commitDurably() throws IOException {
        channel.force(true);
        commit();
        forceFolder();
    }

    /** The new name is in the folder, which is a file of its own where folders can be opened. */
    private void forceFolder() throws IOException {
        boolean canBeOpened = !System.getProperty("os.name", "").startsWith("Windows");
        if (canBeOpened) {
            Path folder = target.toAbsolutePath().getParent();
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(beside);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
