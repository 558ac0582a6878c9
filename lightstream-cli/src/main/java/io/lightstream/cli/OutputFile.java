package io.lightstream.cli;

import io.lightstream.codec.internal.ReplacedFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that a command writes. What it held stays until the new content is complete, so a command may read the file that it
 * writes.
 *
 * <ul>
 *   <li>It is written beside its place and moved there: readers see the old file or all of the new one. A link stays one.
 *   <li>Where the folder takes no new file, but the file can be written, the content is put together among the temporary files
 *       and then copied in place. Readers may see a part of it, and a failure of the copying leaves one.
 *   <li>What is no ordinary file (a device, a named pipe) is written as the bytes come.
 * </ul>
 */
final class OutputFile implements Sink.Completion {
    private final Path path;
    private final GatheringByteChannel channel;
    private final Sink.Completion completion;

    private OutputFile(Path path, GatheringByteChannel channel, Sink.Completion completion) {
        this.path = path;
        this.channel = channel;
        this.completion = completion;
    }

    static OutputFile create(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "is a directory");
        }
        boolean exists = Files.exists(path);
        if (exists && !Files.isRegularFile(path)) {
            return straight(path);
        }
        if (exists && !Files.isWritable(path)) {
            throw new AccessDeniedException(path.toString());
        }
        try {
            return replaced(path);
        } catch (AccessDeniedException | NoSuchFileException e) { // the latter from folders that are none of a disk
            if (exists) {
                return copied(path);
            }
            throw e;
        }
    }

    private static OutputFile straight(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE);
        return new OutputFile(path, file, new Sink.Completion() {
            @Override
            public void commit() throws IOException {
                file.close();
            }

            @Override
            public void abandon() throws IOException {
                file.close();
            }
        });
    }

    private static OutputFile replaced(Path path) throws IOException {
        ReplacedFile file = ReplacedFile.create(path);
        file.beside().toFile().deleteOnExit();
        return new OutputFile(path, file.channel(), new Sink.Completion() {
            @Override
            public void commit() throws IOException {
                file.commit();
            }

            @Override
            public void abandon() throws IOException {
                file.close();
            }
        });
    }

    private static OutputFile copied(Path path) throws IOException {
        CopiedFile file = CopiedFile.create(path);
        return new OutputFile(path, file.channel(), file);
    }

    /** Where the bytes go; closed with the file. */
    WritableByteChannel channel() {
        return new FileOutput(path, channel);
    }

    @Override
    public void commit() throws IOException {
        completion.commit();
    }

    @Override
    public void abandon() throws IOException {
        completion.abandon();
    }
}
