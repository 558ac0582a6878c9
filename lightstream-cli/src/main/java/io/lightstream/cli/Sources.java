package io.lightstream.cli;

import io.lightstream.cli.trips.Trips;
import io.lightstream.codec.BatchReader;
import io.lightstream.codec.format.BatchFormat;
import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.mmap.MapOptions;
import io.lightstream.mmap.MappedArrowFile;
import io.lightstream.mmap.follow.FollowOptions;
import io.lightstream.mmap.follow.FollowedStream;
import io.lightstream.transport.Lightstream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens what users name as a source: files of any format, standard input, peers. */
final class Sources {
    private final Shell shell;
    private final LightstreamMemory memory;
    private final ReadingOptions options;
    private final Formats formats = new Formats();

    Sources(Shell shell, LightstreamMemory memory, ReadingOptions options) {
        this.shell = shell;
        this.memory = memory;
        this.options = options;
    }

    /** The batches of one source; closing the reader closes it. */
    BatchReader open(String source) throws IOException {
        Location location = Location.of(source);
        try {
            if (location instanceof Location.Peer peer) {
                return openPeer(peer.uri());
            }
            if (location instanceof Location.Made made) {
                return openTrips(made.rows());
            }
            return location instanceof Location.File file ? openFile(file.path()) : openInput();
        } catch (IllegalArgumentException e) {
            if (location instanceof Location.Peer) {
                throw UsageException.of(source, e);
            }
            throw e;
        }
    }

    /** The batches of all sources, one source after the other. */
    BatchReader openAll(List<String> sources) throws IOException {
        BatchReader first = open(sources.get(0));
        return sources.size() == 1 ? first : new JoinedReader(sources, first, this);
    }

    /** The batches of an Arrow stream in a file that grows. */
    FollowedStream follow(String source) throws IOException {
        if (!(Location.of(source) instanceof Location.File file)) {
            throw new UsageException("--follow: expected a file, found '" + source + "'");
        }
        if (options.from() != null && !options.from().equals(Formats.STREAM)) {
            throw new UsageException("--from: only an Arrow stream is followed, found '" + options.from() + "'");
        }
        try {
            FollowOptions following = FollowOptions.defaults().withReading(options.of(source));
            return FollowedStream.follow(file.path(), memory.allocator(), following);
        } catch (IllegalArgumentException e) {
            throw UsageException.of(source, e);
        }
    }

    private BatchReader openPeer(String uri) throws IOException {
        Formats.requireStream("--from", options.from());
        return Lightstream.open(uri, memory, options.of(uri));
    }

    private BatchReader openTrips(long rows) {
        if (options.hasColumns()) {
            throw new UsageException("--columns: the trips are made whole");
        }
        return new Trips(memory, rows);
    }

    private BatchReader openFile(Path path) throws IOException {
        FileChannel channel = channel(path);
        return open(channel, path, options.of(path.toString()));
    }

    private BatchReader openInput() throws IOException {
        IpcReadOptions reading = options.of("-");
        if (Spool.isSeekable(shell.input())) {
            return open((SeekableByteChannel) shell.input(), null, reading);
        }
        ByteBuffer head = Formats.head(shell.input());
        BatchFormat format = formats.ofSource(options.from(), head, null);
        ReadableByteChannel whole = new HeadFirst(head, shell.input());
        return format.open(format.name().equals(Formats.FILE) ? Spool.of(whole) : whole, memory.allocator(), reading);
    }

    /** A file, from where its channel stands. */
    private BatchReader open(SeekableByteChannel channel, @Nullable Path path, IpcReadOptions reading)
            throws IOException {
        BatchFormat format;
        ReadableByteChannel whole = channel;
        try {
            ByteBuffer head = Formats.head(channel);
            format = formats.ofSource(options.from(), head, path);
            if (Spool.isSeekable(channel)) {
                if (path != null && Formats.ARROW.contains(format.name())) {
                    channel.close();
                    return map(path, reading);
                }
                channel.position(channel.position() - head.remaining());
            } else {
                whole = new HeadFirst(head, channel);
                whole = format.name().equals(Formats.FILE) ? Spool.of(whole) : whole;
            }
        } catch (IOException | RuntimeException e) {
            Closeables.closeAfter(e, channel);
            throw e;
        }
        return format.open(whole, memory.allocator(), reading);
    }

    private BatchReader map(Path path, IpcReadOptions reading) throws IOException {
        MapOptions mapping = new MapOptions(reading.limits(), reading.validation(), reading.columns(), false);
        return MappedArrowFile.open(path, memory.allocator(), mapping);
    }

    /** Opens a file for reading. */
    static FileChannel channel(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "is a directory");
        }
        return FileChannel.open(path, StandardOpenOption.READ);
    }
}
