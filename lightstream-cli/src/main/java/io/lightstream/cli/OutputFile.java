package io.lightstream.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file that is written beside its place and moved there when it is complete: readers see the old one or all of the new one,
 * and a command may read the file that it writes. What is no ordinary file (a device, a named pipe) is written in place.
 */
final class OutputFile implements Sink.Completion {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final Path target;
    private final Optional<Path> beside;
    private final FileChannel channel;

    private OutputFile(Path target, Optional<Path> beside, FileChannel channel) {
        this.target = target;
        this.beside = beside;
        this.channel = channel;
    }

    static OutputFile create(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "is a directory");
        }
        boolean exists = Files.exists(path);
        if (exists && !Files.isRegularFile(path)) {
            return new OutputFile(path, Optional.empty(), FileChannel.open(path, StandardOpenOption.WRITE));
        }
        // A link stays one, and what it leads to is replaced.
        Path target = exists ? path.toRealPath() : path;
        if (exists && !Files.isWritable(target)) {
            throw new FileSystemException(path.toString(), null, "permission denied");
        }
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new FileSystemException(path.toString(), null, "no such directory");
        }
        String unique = ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet();
        Path beside = folder.resolve("." + target.getFileName() + "." + unique + ".part");
        FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        beside.toFile().deleteOnExit();
        return new OutputFile(target, Optional.of(beside), channel);
    }

    /** Where the bytes go; closed with the file. */
    WritableByteChannel channel() {
        return new FileOutput(target, channel);
    }

    @Override
    public void commit() throws IOException {
        channel.close();
        if (beside.isEmpty()) {
            return;
        }
        try {
            Files.move(beside.get(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(beside.get(), target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void abandon() throws IOException {
        channel.close();
        if (beside.isPresent()) {
            Files.deleteIfExists(beside.get());
        }
    }
}
