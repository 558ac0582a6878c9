package io.lightstream.transport;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.format.BatchFormat;
import io.lightstream.codec.format.BatchFormats;
import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Schema;
import io.lightstream.transport.spi.TransportErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;

/** Files of any format that is on the class path. */
final class FileBatches {
    private FileBatches() {}

    /** Opens a file by what its first bytes tell, or else its name. */
    static BatchReader open(Path path, LightstreamMemory memory, IpcReadOptions options) throws IOException {
        requireNoDirectory(path, "open");
        FileChannel channel = channel(path, "open", "a file", StandardOpenOption.READ);
        BatchFormat format;
        try {
            format = format(path, channel);
        } catch (IOException e) {
            Closeables.closeAfter(e, channel);
            throw TransportErrors.fileFailed(path.toString(), "open", "a file that can be read", e);
        } catch (RuntimeException e) {
            Closeables.closeAfter(e, channel);
            throw e;
        }
        return format.open(channel, memory.allocator(), options.withSource(path.toString()));
    }

    /** Creates a file, or empties it, in the format that its name tells. */
    static BatchWriter create(Path path, Schema schema) throws IOException {
        requireNoDirectory(path, "create");
        BatchFormat format = BatchFormats.load().ofFile(name(path));
        FileChannel channel = channel(
                path,
                "create",
                "a directory to create it in",
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
        return format.create(channel, schema, path.toString());
    }

    private static BatchFormat format(Path path, FileChannel channel) throws IOException {
        BatchFormats formats = BatchFormats.load();
        Optional<BatchFormat> recognized = channel.size() == 0 ? Optional.empty() : formats.recognize(head(channel));
        return recognized.isPresent() ? recognized.get() : formats.ofFile(name(path));
    }

    /** The first bytes, read without moving the channel. */
    private static ByteBuffer head(FileChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(BatchFormats.HEAD_BYTES);
        int count = 0;
        while (count >= 0 && head.hasRemaining()) {
            count = channel.read(head, head.position());
        }
        return head.flip();
    }

    private static FileChannel channel(Path path, String action, String expected, OpenOption... options)
            throws IOException {
        try {
            return FileChannel.open(path, options);
        } catch (IOException e) {
            throw TransportErrors.fileFailed(path.toString(), action, expected, e);
        }
    }

    /** The system opens directories, and only refuses to read them. */
    private static void requireNoDirectory(Path path, String action) throws IOException {
        if (Files.isDirectory(path)) {
            throw TransportErrors.fileFailed(
                    path.toString(), action, "a file", new FileSystemException(path.toString(), null, "a directory"));
        }
    }

    /** Only a root has none, which is a directory. */
    private static String name(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString();
    }
}
