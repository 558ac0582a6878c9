package io.lightstream.formats.json;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.format.BatchFormat;
import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Integration-test JSON under the name {@code json}. Values are always checked in full, and all columns are parsed, whichever
 * are chosen.
 */
public final class JsonBatchFormat implements BatchFormat {
    private static final String GZIPPED = ".gz";

    /** For {@link java.util.ServiceLoader}. */
    public JsonBatchFormat() {}

    @Override
    public String name() {
        return "json";
    }

    @Override
    public List<String> extensions() {
        return List.of(".json", ".json.gz");
    }

    @Override
    public BatchReader open(ReadableByteChannel channel, BufferAllocator allocator, IpcReadOptions options)
            throws IOException {
        BatchReader all =
                JsonFormat.open(Channels.newInputStream(channel), options.source(), allocator, options.limits());
        if (options.columns().isEmpty()) {
            return all;
        }
        try {
            return new ChosenColumns(all, options.columns().get(), options.source());
        } catch (IOException | RuntimeException e) {
            Closeables.closeAfter(e, all);
            throw e;
        }
    }

    @Override
    public BatchWriter create(WritableByteChannel channel, Schema schema, String sink) throws IOException {
        OutputStream output = Channels.newOutputStream(channel);
        try {
            return JsonFormat.create(sink.endsWith(GZIPPED) ? new GZIPOutputStream(output) : output, schema);
        } catch (IOException | RuntimeException e) {
            Closeables.closeAfter(e, channel);
            throw e;
        }
    }
}
