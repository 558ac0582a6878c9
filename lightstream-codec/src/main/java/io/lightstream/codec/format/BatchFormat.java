package io.lightstream.codec.format;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A way to keep record batches as bytes. Found by {@link java.util.ServiceLoader} for names in configuration and on the
 * command line; programs that know their format use its reader and writer directly, where its own options are. Stateless
 * and safe for use by several threads.
 */
public interface BatchFormat {
    /** What users call the format: lower case, such as {@code arrow} or {@code csv}. */
    String name();

    /** Endings of the names of files in this format, with the dot, in lower case, such as {@code .csv} and {@code .csv.gz}. */
    List<String> extensions();

    /**
     * Whether a file that begins like this is one of this format, whatever its name says. The default is that one cannot
     * tell.
     *
     * @param head the first bytes, from position to limit; at least 8 unless the file is shorter
     */
    default boolean recognizes(ByteBuffer head) {
        return false;
    }

    /**
     * Opens a reader of the bytes from the channel's position on.
     *
     * @param channel in blocking mode; closed with the reader, and where opening fails. Some formats need it to be seekable
     * @param allocator parent of the one that batches are taken from; borrowed
     * @param options the source's name, limits, validation and columns; they mean the same in every format
     * @throws io.lightstream.codec.LightstreamException where the bytes are not of this format
     * @throws IOException where the channel fails
     */
    BatchReader open(ReadableByteChannel channel, BufferAllocator allocator, IpcReadOptions options) throws IOException;

    /**
     * Opens a writer, with the format's default options.
     *
     * @param channel in blocking mode; closed with the writer, and where opening fails
     * @param sink name of the output in errors
     * @throws io.lightstream.codec.UnsupportedFeatureException where the format cannot carry the schema
     * @throws IOException where the channel fails
     */
    BatchWriter create(WritableByteChannel channel, Schema schema, String sink) throws IOException;
}
