package io.lightstream.codec.ipc;

import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.ReplacedFile;
import io.lightstream.codec.internal.input.ChannelInput;
import io.lightstream.codec.internal.metadata.BatchHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Makes an Arrow file of a stream in a file, such as a log that is complete: with a footer, so that any batch can be found, and
 * buffers at multiples of 64 bytes whatever the stream had.
 *
 * <p>Kept are the batches, the custom metadata of schema and batches, those of the schema's message (in the footer), and the
 * compression. Dictionaries that the stream replaced are unified.
 */
public final class IpcStreamSeal {
    private IpcStreamSeal() {}

    /**
     * Seals a stream. The file is written beside its place, forced to the device and then moved there: at its name there is
     * what was there before or all of the new file, and the stream itself may have that name. A stream without an end marker is
     * complete where it ends between two messages.
     *
     * @param stream what is sealed
     * @param file what it becomes; replaced where it exists
     * @param allocator for batches and dictionaries; borrowed
     * @return the footer of the file
     * @throws io.lightstream.codec.TruncatedStreamException where the stream ends within a message, unless the options allow
     *     to drop that
     * @throws io.lightstream.codec.LightstreamException where the stream is malformed, or its dictionaries cannot be unified
     * @throws IOException where reading or writing fails
     */
    public static Footer seal(Path stream, Path file, BufferAllocator allocator, IpcSealOptions options)
            throws IOException {
        try (FileChannel channel = FileChannel.open(stream, StandardOpenOption.READ);
                ReplacedFile target = ReplacedFile.create(file)) {
            Footer footer = seal(channel, target, allocator, options);
            target.commitDurably();
            return footer;
        }
    }

    private static Footer seal(
            FileChannel channel, ReplacedFile target, BufferAllocator allocator, IpcSealOptions options)
            throws IOException {
        IpcReadOptions reading = options.reading();
        String name = reading.source();
        StreamTail tail = StreamTail.read(new ChannelInput(channel, name), reading.limits(), new InputSite(name));
        boolean cuts = tail.torn().isPresent() && options.cutsTornEnd();
        ReadableByteChannel source = cuts ? new Beginning(channel.position(0), tail.end()) : channel.position(0);
        IpcWriteOptions writing = IpcWriteOptions.defaults()
                .withSink(target.toString())
                .withCompression(options.compression().orElse(compression(tail.codec())))
                .withFileDictionaries(options.dictionaries());
        try (IpcStreamReader batches = IpcStreamReader.open(source, allocator, reading);
                IpcFileWriter writer = IpcFileWriter.open(target.channel(), batches.schema(), writing)) {
            while (batches.next()) {
                writer.write(batches.batch());
            }
            return writer.finish(batches.schemaMessageMetadata());
        }
    }

    private static Compression compression(BatchHeader.Codec codec) {
        return switch (codec) {
            case NONE -> Compression.NONE;
            case LZ4_FRAME -> Compression.LZ4_FRAME;
            case ZSTD -> Compression.ZSTD;
        };
    }

    /** The first bytes of a channel. */
    private static final class Beginning implements ReadableByteChannel {
        private final SeekableByteChannel channel;
        private final long end;

        Beginning(SeekableByteChannel channel, long end) {
            this.channel = channel;
            this.end = end;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            long left = end - channel.position();
            if (left <= 0) {
                return -1;
            }
            int limit = target.limit();
            target.limit(target.position() + (int) Math.min(left, target.remaining()));
            try {
                return channel.read(target);
            } finally {
                target.limit(limit);
            }
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
