package io.lightstream.cli;

import io.lightstream.codec.internal.Closeables;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** Puts on disk what comes through a pipe and can only be read at random, as an Arrow file, whose footer comes last. */
final class Spool {
    private static final long CHUNK_BYTES = 1 << 20;

    private Spool() {}

    /** Whether the channel has positions; one of a pipe is of the same class. */
    static boolean isSeekable(Channel channel) {
        if (!(channel instanceof SeekableByteChannel file)) {
            return false;
        }
        try {
            file.position(file.position());
            // Terminals and other devices accept a position but have no size.
            return file.size() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** An empty file that is deleted when it is closed. */
    static FileChannel create() throws IOException {
        return FileChannel.open(
                Files.createTempFile("lightstream", ".spool"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** All bytes of {@code source}, which is closed, in a file that is deleted when it is closed. */
    static FileChannel of(ReadableByteChannel source) throws IOException {
        try (source) {
            FileChannel spool = create();
            try {
                long size = 0;
                long count = 1;
                while (count > 0) {
                    count = spool.transferFrom(source, size, CHUNK_BYTES);
                    size += count;
                }
                return spool.position(0);
            } catch (IOException | RuntimeException e) {
                Closeables.closeAfter(e, spool);
                throw e;
            }
        }
    }
}
