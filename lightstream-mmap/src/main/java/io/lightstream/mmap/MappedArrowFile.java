package io.lightstream.mmap;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.input.ChannelInput;
import io.lightstream.codec.internal.input.FileTail;
import io.lightstream.codec.internal.input.MessageCursor;
import io.lightstream.codec.internal.input.MessageCursor.Found;
import io.lightstream.codec.internal.input.MessagePrefix;
import io.lightstream.codec.internal.input.StreamState;
import io.lightstream.codec.internal.metadata.MessageMetadata;
import io.lightstream.codec.ipc.Footer;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.memory.FileMappings;
import io.lightstream.codec.schema.Schema;
import io.lightstream.mmap.follow.FollowOptions;
import io.lightstream.mmap.follow.FollowedStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;

/**
 * An Arrow file, or a file in the stream format, that is mapped into memory: columns are views of the file's pages, which the
 * system reads when they are touched. What it costs to open one does not depend on its size.
 *
 * <p>Opening reads the footer, or the schema of a stream, and nothing else. A batch reads its metadata when it is asked for;
 * dictionaries, with their deltas, are looked up when the first batch is. The messages of a stream are found by walking from
 * one metadata to the next, as far as somebody asks.
 *
 * <p>Every producer's files are read. A buffer is used where it lies unless it cannot be: a compressed one is decompressed, a
 * big-endian one is swapped, one that does not lie on a multiple of 8 bytes is moved (with {@link MapOptions#realign()}, of 64).
 * These copies are taken from the allocator; {@link io.lightstream.codec.ColumnData#isMapped} tells which buffers are none.
 *
 * <p><b>Size.</b> On Java 22 and newer one mapping spans a file of any size. Before, windows of up to 2 GiB are mapped as they
 * are needed, and a single buffer longer than that is an {@link io.lightstream.codec.UnsupportedFeatureException}.
 *
 * <p><b>Ownership.</b> Batches from {@link #batch(int)} belong to the caller, who closes them, before the file or after it. The
 * file is unmapped with the last reference to it: when the file and all batches are closed, and all vectors made of them. One
 * that is never closed stays mapped. Batches of the {@link io.lightstream.codec.BatchReader} are borrowed as everywhere.
 *
 * <p><b>What mapped memory does to its users.</b> It is read-only: NIO views of columns refuse writes, but Arrow Java's vectors
 * and buffers do not know, and <em>writing through them ends the process</em>. Views fail cleanly after the file was unmapped
 * (see {@link FileMappings}). Nobody can keep another process from changing the file: bytes that change under a mapping change
 * in the batches, validated or not, and where the file is cut short, whoever reads a page that is gone gets an {@link
 * InternalError} from the JVM, which on Java 17 may even end the process (see {@link FileMappings}). Our own reading (of metadata,
 * of what is validated or copied) turns that into a {@link TruncatedStreamException}; getters and views by their nature cannot.
 * Files that are replaced by renaming
 * are safe: the mapping keeps the old one.
 *
 * <p>Thread-safe: several threads may ask for batches, each of which is then one thread's own. {@link #next()}, {@link
 * #batch()} and {@link #iterator()}, which begins again each time, are for one thread at a time.
 */
public final class MappedArrowFile extends SharedReader {
    private static final int HEAD_BYTES = 8;

    private final String source;
    private final FileChannel channel;
    private final FileWindows windows;
    private final Schema schema;
    private final BatchIndex index;
    private final MappedBatches batches;
    private int nextBatch;

    private MappedArrowFile(
            FileChannel channel,
            String source,
            Supplier<BufferAllocator> memory,
            MapOptions options,
            long longestWindow)
            throws IOException {
        super(source);
        this.source = source;
        this.channel = channel;
        long size = channel.size();
        InputSite site = new InputSite(source);
        ChannelInput input = new ChannelInput(channel, source);
        MessageCursor messages = new MessageCursor(input, options.limits(), site);
        IpcReadOptions readOptions = options.asReadOptions(source);
        StreamState state;
        if (FileTail.isFile(input, size)) {
            FileTail tail = FileTail.readAtOnce(size, input, options.limits(), site);
            this.index = new FooterIndex(tail.footer());
            state = new StreamState(
                    tail.footer().schema(), tail.byteOrder(), memory, readOptions, options.validation(), site);
        } else {
            long behindSchema = readSchema(messages, input, site);
            MessageMetadata metadata = messages.metadata();
            state = new StreamState(
                    metadata.schema(), metadata.byteOrder(), memory, readOptions, options.validation(), site);
            this.index = new StreamIndex(messages, site, behindSchema, size);
        }
        this.schema = state.schema();
        this.windows = new FileWindows(channel, source, size, longestWindow);
        this.batches = new MappedBatches(index, messages, windows, state, site, options);
    }

    private static long readSchema(MessageCursor messages, ChannelInput input, InputSite site) throws IOException {
        long size = input.size();
        requireStream(input, site, size);
        Found found = messages.next(0, size);
        if (found instanceof Found.Message message && message.kind() == MessageMetadata.Kind.SCHEMA) {
            return message.block().end();
        }
        if (found instanceof Found.Incomplete torn) {
            throw torn.truncated(site.source(), size);
        }
        throw site.malformed(
                "first message", "a schema", found instanceof Found.Message other ? other.kind() : "the end");
    }

    /** A length that the file cannot have is rather something else than a length. */
    private static void requireStream(ChannelInput input, InputSite site, long size) throws IOException {
        ByteBuffer head = ByteBuffer.allocate((int) Math.min(size, HEAD_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        input.read(0, head);
        int first = head.position() < Integer.BYTES ? 0 : head.getInt(0);
        boolean continued = MessagePrefix.bytes(first) > MessagePrefix.LENGTH_BYTES;
        if (!continued && (first < 0 || first > size)) {
            throw site.malformed(
                    "beginning of the file",
                    "ARROW1, or the first message of a stream",
                    HexFormat.of().formatHex(head.array()));
        }
    }

    /**
     * Opens a file with {@link MapOptions#defaults()}. What has to be copied is taken from memory of the process, 64-byte
     * aligned, that is charged to no allocator of the caller's.
     *
     * @throws LightstreamException where the file is no Arrow file or stream that can be read
     * @throws IOException where the file cannot be opened
     */
    public static MappedArrowFile open(Path path) throws IOException {
        return open(path, MapOptions.defaults());
    }

    /**
     * Opens a file; see {@link #open(Path)} about memory.
     *
     * @throws LightstreamException where the file is no Arrow file or stream that can be read
     * @throws IOException where the file cannot be opened
     * @throws io.lightstream.codec.ColumnSelectionException where the options name a column that is not there, or is there twice
     */
    public static MappedArrowFile open(Path path, MapOptions options) throws IOException {
        return open(path, SharedMemory.OF_PROCESS, options, FileMappings.LONGEST);
    }

    /**
     * Opens a file.
     *
     * @param allocator of what has to be copied; borrowed, and to be closed after the last batch
     * @throws LightstreamException where the file is no Arrow file or stream that can be read
     * @throws IOException where the file cannot be opened
     * @throws io.lightstream.codec.ColumnSelectionException where the options name a column that is not there, or is there twice
     */
    public static MappedArrowFile open(Path path, BufferAllocator allocator, MapOptions options) throws IOException {
        return open(path, () -> allocator, options, FileMappings.LONGEST);
    }

    /**
     * Reads a file in the stream format while another process appends to it, with {@link FollowOptions#defaults()} and memory of
     * this process.
     *
     * @throws LightstreamException where the file does not begin as a stream does
     * @throws IOException where the file cannot be opened
     */
    public static FollowedStream follow(Path path) throws IOException {
        return follow(path, SharedMemory.OF_PROCESS.get(), FollowOptions.defaults());
    }

    /**
     * Reads a file in the stream format while another process appends to it. It is not mapped: see {@link FollowedStream}, which
     * also says what can go wrong.
     *
     * @param allocator of the batches; borrowed, the reader uses a child of it
     * @throws LightstreamException where the file does not begin as a stream does
     * @throws IOException where the file cannot be opened
     */
    public static FollowedStream follow(Path path, BufferAllocator allocator, FollowOptions options)
            throws IOException {
        return FollowedStream.follow(path, allocator, options);
    }

    /** With windows of another length, for tests. */
    static MappedArrowFile open(Path path, Supplier<BufferAllocator> memory, MapOptions options, long longestWindow)
            throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new MappedArrowFile(channel, path.toString(), memory, options, longestWindow);
        } catch (IOException | RuntimeException | Error e) {
            Closeables.closeAfter(e, channel);
            throw e;
        }
    }

    @Override
    public Schema schema() {
        return schema;
    }

    /** The footer, with the full schema and custom metadata; absent where the file is in the stream format. */
    public Optional<Footer> footer() {
        return index instanceof FooterIndex listed ? Optional.of(listed.footer()) : Optional.empty();
    }

    /**
     * Number of record batches. The messages of a stream are walked for that.
     *
     * @throws LightstreamException where a stream is malformed or torn
     * @throws IOException where the file cannot be read
     */
    public int batchCount() throws IOException {
        enter();
        try {
            return index.count();
        } finally {
            leave();
        }
    }

    /**
     * Record batch {@code number}; the caller closes it, at any time.
     *
     * @throws LightstreamException where the file is malformed there
     * @throws IOException where the file cannot be read
     * @throws IndexOutOfBoundsException where there are not so many
     * @throws IllegalStateException where the file is closed
     */
    public RecordBatch batch(int number) throws IOException {
        enter();
        try {
            requireBatch(number);
            return batches.batch(number);
        } finally {
            leave();
        }
    }

    /**
     * Where the message of record batch {@code number} lies in the file.
     *
     * @throws IOException as {@link #batch(int)}
     */
    public Footer.Block block(int number) throws IOException {
        enter();
        try {
            requireBatch(number);
            return index.batch(number);
        } finally {
            leave();
        }
    }

    @Override
    Optional<RecordBatch> nextBatch() throws IOException {
        if (!index.has(nextBatch)) {
            batches.end();
            return Optional.empty();
        }
        RecordBatch batch = batches.batch(nextBatch);
        nextBatch++;
        return Optional.of(batch);
    }

    @Override
    void restart() {
        nextBatch = 0;
    }

    @Override
    void release() throws IOException {
        batches.close();
        windows.close();
        channel.close();
    }

    private void requireBatch(int number) throws IOException {
        if (number < 0 || !index.has(number)) {
            throw new IndexOutOfBoundsException("batch " + number + " of the " + index.count() + " in " + source);
        }
    }

    /** The name of the file. */
    @Override
    public String toString() {
        return source;
    }
}
