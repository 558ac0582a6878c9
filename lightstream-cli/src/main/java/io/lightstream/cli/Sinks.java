package io.lightstream.cli;

import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.format.BatchFormat;
import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.ipc.IpcFileWriter;
import io.lightstream.codec.ipc.IpcStreamWriter;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Schema;
import io.lightstream.transport.Connection;
import io.lightstream.transport.Lightstream;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens what users name as a sink: files of any format, standard output, peers. */
final class Sinks {
    private final Shell shell;
    private final LightstreamMemory memory;
    private final WritingOptions options;
    private final Formats formats = new Formats();

    Sinks(Shell shell, LightstreamMemory memory, WritingOptions options) {
        this.shell = shell;
        this.memory = memory;
        this.options = options;
    }

    /** Fails now rather than after connecting or reading, where the format does not exist. */
    void check(String target) throws IOException {
        if (Location.of(target) instanceof Location.File file) {
            if (Files.isDirectory(file.path())) {
                throw new FileSystemException(target, null, "is a directory");
            }
            requireCompressible(formats.ofSink(options.to(), file.path()));
        } else if (options.to() != null) {
            requireCompressible(formats.named(options.to()));
        }
    }

    /** A sink that the caller finishes or closes. */
    Sink create(String target, Schema schema) throws IOException {
        Location location = Location.of(target);
        if (location instanceof Location.Peer peer) {
            return toPeer(peer.uri(), schema);
        }
        if (location instanceof Location.Made) {
            throw new UsageException("'" + target + "': trips are a source");
        }
        return location instanceof Location.File file ? toFile(file.path(), schema) : toOutput(schema);
    }

    /** A stream to a peer that is connected; the connection is closed with the sink. */
    Sink to(Connection connection, Schema schema) throws IOException {
        if (options.to() != null && !options.to().equals(Formats.STREAM)) {
            throw new UsageException("--to: a connection carries an Arrow stream, found '" + options.to() + "'");
        }
        BatchWriter writer = connection.writer(schema, options.of(connection.name()));
        return new Sink(writer, new Sink.Completion() {
            @Override
            public void commit() throws IOException {
                connection.shutdownOutput();
                connection.close();
            }

            @Override
            public void abandon() throws IOException {
                connection.close();
            }
        });
    }

    private Sink toPeer(String uri, Schema schema) throws IOException {
        Connection connection;
        try {
            connection = Lightstream.connect(uri, memory);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e);
        }
        try {
            return to(connection, schema);
        } catch (IOException | RuntimeException e) {
            Closeables.closeAfter(e, connection);
            throw e;
        }
    }

    private Sink toOutput(Schema schema) throws IOException {
        BatchFormat format = formats.named(options.to() == null ? Formats.STREAM : options.to());
        return new Sink(writer(format, shell.output(), schema, "-"), new Sink.Completion() {
            @Override
            public void commit() {}

            @Override
            public void abandon() {}
        });
    }

    private Sink toFile(Path path, Schema schema) throws IOException {
        BatchFormat format = formats.ofSink(options.to(), path);
        OutputFile file = OutputFile.create(path);
        try {
            return new Sink(writer(format, file.channel(), schema, path.toString()), file);
        } catch (IOException | RuntimeException e) {
            Closeables.closeAfter(e, file::abandon);
            throw e;
        }
    }

    private BatchWriter writer(BatchFormat format, WritableByteChannel channel, Schema schema, String name)
            throws IOException {
        requireCompressible(format);
        return switch (format.name()) {
            case Formats.FILE -> IpcFileWriter.open(channel, schema, options.of(name));
            case Formats.STREAM -> IpcStreamWriter.open(channel, schema, options.of(name));
            default -> format.create(channel, schema, name);
        };
    }

    private void requireCompressible(BatchFormat format) {
        if (!options.isPlain() && !Formats.ARROW.contains(format.name())) {
            throw new UsageException(
                    "--compression, --deltas: only Arrow files and streams have them, not " + format.name());
        }
    }
}
