package io.lightstream.formats.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A JSON array that waits in a temporary file until what stands before it is known. Closing deletes the file. */
final class Spool implements Closeable {
    private final FileChannel file;
    private final JsonGenerator generator;

    private Spool(FileChannel file, JsonGenerator generator) {
        this.file = file;
        this.generator = generator;
    }

    static Spool create(JsonFactory factory) throws IOException {
        Path path = Files.createTempFile("lightstream-batches", ".json");
        FileChannel file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try {
            JsonGenerator generator = factory.createGenerator(Channels.newOutputStream(file));
            generator.writeStartArray();
            return new Spool(file, generator);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Writes the elements. */
    JsonGenerator generator() {
        return generator;
    }

    /** Ends the array and writes all of it. */
    void copyTo(OutputStream sink) throws IOException {
        generator.writeEndArray();
        generator.flush();
        file.position(0);
        Channels.newInputStream(file).transferTo(sink);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
