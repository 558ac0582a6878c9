package io.lightstream.formats.json;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.arrow.memory.BufferAllocator;

/** Opens and creates files of Arrow's integration-test JSON. */
public final class JsonFormat {
    private static final int BUFFER_BYTES = 1 << 16;

    private JsonFormat() {}

    /**
     * Reads a file, plain or gzipped: its first bytes tell.
     *
     * @param allocator batches are made in a child of it
     * @throws LightstreamException where the schema or the dictionaries are malformed
     * @throws IOException where the file cannot be read
     */
    public static JsonBatchReader open(Path path, BufferAllocator allocator) throws IOException {
        return open(Files.newInputStream(path), path.toString(), allocator);
    }

    /**
     * Reads a stream, plain or gzipped: its first bytes tell.
     *
     * @param input is the reader's from now on, even where this throws
     * @param source names the stream in errors
     * @param allocator batches are made in a child of it
     * @throws LightstreamException where the schema or the dictionaries are malformed
     * @throws IOException where the stream fails
     */
    public static JsonBatchReader open(InputStream input, String source, BufferAllocator allocator) throws IOException {
        return open(input, source, allocator, ReadLimits.defaults());
    }

    /**
     * As {@link #open(InputStream, String, BufferAllocator)}.
     *
     * @param limits on fields, nesting and rows; bodies and dictionaries are counted as they lie in memory
     */
    public static JsonBatchReader open(InputStream input, String source, BufferAllocator allocator, ReadLimits limits)
            throws IOException {
        return JsonBatchReader.open(input, source, allocator, limits);
    }

    /**
     * Writes a new file, or over an existing one; gzipped where the name ends in {@code .gz}.
     *
     * @throws IOException where the file cannot be written
     */
    public static JsonBatchWriter create(Path path, Schema schema) throws IOException {
        OutputStream file = Files.newOutputStream(path);
        try {
            boolean gzipped = path.toString().endsWith(".gz");
            return create(gzipped ? new GZIPOutputStream(file, BUFFER_BYTES) : file, schema);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Writes a stream.
     *
     * @param output is the writer's from now on, even where this throws
     * @throws IOException where the stream fails
     */
    public static JsonBatchWriter create(OutputStream output, Schema schema) throws IOException {
        return JsonBatchWriter.create(output, schema);
    }
}
