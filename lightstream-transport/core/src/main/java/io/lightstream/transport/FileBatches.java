package io.lightstream.transport;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.format.BatchFormat;
import io.lightstream.codec.format.BatchFormats;
import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Schema;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Files of any format that is on the class path. */
final class FileBatches {
    private FileBatches() {}

    /** Opens a file by what its first bytes tell, or else its name. */
    static BatchReader open(Path path, LightstreamMemory memory, IpcReadOptions options) throws IOException {
        FileChannel channel = channel(path, StandardOpenOption.READ);
        BatchFormat format;
        try {
            format = format(path, channel);
        } catch (IOException | RuntimeException e) {
            Closeables.closeAfter(e, channel);
            throw e;
        }
        return format.open(channel, memory.allocator(), options.withSource(path.toString()));
    }

    /** Creates a file, or empties it, in the format that its name tells. */
    static BatchWriter create(Path path, Schema schema) throws IOException {
        BatchFormat format = BatchFormats.load().ofFile(path.getFileName().toString());
        FileChannel channel = channel(
                path, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        return format.create(channel, schema, path.toString());
    }

    private static BatchFormat format(Path path, FileChannel channel) throws IOException {
        BatchFormats formats = BatchFormats.load();
        Optional<BatchFormat> recognized = channel.size() == 0 ? Optional.empty() : formats.recognize(head(channel));
        return recognized.isPresent()
                ? recognized.get()
                : formats.ofFile(path.getFileName().toString());
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

    private static FileChannel channel(Path path, OpenOption... options) throws IOException {
        try {
            return FileChannel.open(path, options);
        } catch (NoSuchFileException e) {
            FileNotFoundException error = new FileNotFoundException("[" + path + "] open: expected a file, found none");
            error.initCause(e);
            throw error;
        }
    }
}
