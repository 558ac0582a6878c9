package io.lightstream.codec.ipc;

import io.lightstream.codec.internal.LentChannel;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that is written beside its place, forced to the device, and moved there when it is complete. Closing it before that
 * leaves nothing behind.
 */
final class ReplacedFile implements Closeable {
    private final Path target;
    private final Path folder;
    private final Path beside;
    private final FileChannel channel;

    private ReplacedFile(Path target, Path folder, Path beside, FileChannel channel) {
        this.target = target;
        this.folder = folder;
        this.beside = beside;
        this.channel = channel;
    }

    static ReplacedFile create(Path path) throws IOException {
        // A link stays one, and what it leads to is replaced.
        Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        Path folder = target.resolveSibling(".").normalize();
        Path beside = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        return new ReplacedFile(target, folder, beside, channel);
    }

    /** Where the bytes go; closing it does nothing, because they are still to be forced. */
    WritableByteChannel channel() {
        return new LentChannel(channel, () -> {});
    }

    void commit() throws IOException {
        channel.force(true);
        channel.close();
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder();
    }

    /** The new name is in the folder, which is a file of its own where folders can be opened. */
    private void forceFolder() throws IOException {
        boolean canBeOpened = !System.getProperty("os.name", "").startsWith("Windows");
        if (canBeOpened) {
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
        return target.toString();
    }
}
