package io.lightstream.codec.ipc;

import io.lightstream.codec.Alignment;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.LimitExceededException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.Validation;
import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.input.ChannelInput;
import io.lightstream.codec.internal.input.FileTail;
import io.lightstream.codec.internal.input.MessageCursor;
import io.lightstream.codec.internal.input.ZeroBytes;
import io.lightstream.codec.internal.metadata.FooterDecoder;
import io.lightstream.codec.internal.metadata.MessageMetadata;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Brings back an Arrow file whose writing was cut: by {@link IpcFileWriter#append}, or in its first writing, of any producer
 * that puts a schema message in front.
 *
 * <p>The last whole footer is looked for from the end on: one that verifies, whose every message is there, and that lies
 * behind them. From there on messages are read as long as they are whole and agree with the schema; what is behind them is cut
 * off, and a new footer is written that lists old and new batches. No batch that was listed by a whole footer is ever lost. A
 * file that is whole stays as it is, byte for byte.
 *
 * <p>What was written is forced to the device, data before the footer. Being cut itself harms nothing: what it cuts off holds
 * no whole batch, so the file can be recovered again.
 *
 * <p>Memory is taken for one message and the dictionaries at a time, whatever the size of the file.
 */
public final class IpcFileRecovery {
    private final FileContents.Source source;
    private final long size;
    private final BufferAllocator allocator;

    private IpcFileRecovery(FileContents.Source source, BufferAllocator allocator) throws IOException {
        this.source = source;
        this.size = source.input().size();
        this.allocator = allocator;
    }

    /**
     * Options for a file: new batches are checked by their {@linkplain Validation#STRUCTURE structure}. With {@link
     * Validation#FULL} their values are checked as well, and one whose values could mislead readers is cut off with all
     * behind it.
     */
    public static IpcReadOptions options(String source) {
        return IpcReadOptions.defaults().withSource(source).withValidation(Validation.STRUCTURE);
    }

    /**
     * Recovers a file.
     *
     * @param allocator for the messages that are checked; borrowed
     * @throws LightstreamException where the file cannot be brought back, or somebody appends to it; it stays as it is
     * @throws IOException where reading or writing fails
     */
    public static RecoveryReport recover(Path path, BufferAllocator allocator) throws IOException {
        return recover(
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE),
                allocator,
                options(path.toString()));
    }

    /**
     * Recovers a file.
     *
     * @param channel open for reading and writing; closed in any case
     * @param allocator for the messages that are checked; borrowed
     * @param options name of the file, limits, validation; with all columns
     * @throws LightstreamException where the file cannot be brought back, or somebody appends to it; it stays as it is
     * @throws IOException where reading or writing fails
     */
    public static RecoveryReport recover(SeekableByteChannel channel, BufferAllocator allocator, IpcReadOptions options)
            throws IOException {
        return run(channel, allocator, options, true);
    }

    /**
     * Tells what {@link #recover} would do, and changes nothing.
     *
     * @param channel open for reading; closed in any case
     * @param allocator for the messages that are checked; borrowed
     * @param options name of the file, limits, validation; with all columns
     * @throws LightstreamException where the file cannot be brought back
     * @throws IOException where reading fails
     */
    public static RecoveryReport check(SeekableByteChannel channel, BufferAllocator allocator, IpcReadOptions options)
            throws IOException {
        return run(channel, allocator, options, false);
    }

    private static RecoveryReport run(
            SeekableByteChannel channel, BufferAllocator allocator, IpcReadOptions options, boolean repair)
            throws IOException {
        if (options.columns().isPresent()) {
            IllegalArgumentException failure = new IllegalArgumentException("a file is recovered with all its columns");
            Closeables.closeAfter(failure, channel);
            throw failure;
        }
        try (channel;
                BufferAllocator child = allocator.newChildAllocator(options.source(), 0, Long.MAX_VALUE)) {
            if (repair) {
                AppendedFile.lock(channel, options.source());
            }
            FileContents.Source source = new FileContents.Source(
                    new ChannelInput(channel, options.source()), options, new InputSite(options.source()));
            return new IpcFileRecovery(source, child).run(channel, repair);
        }
    }

    private RecoveryReport run(SeekableByteChannel channel, boolean repair) throws IOException {
        FileTail.requireHead(source.input(), source.site());
        Optional<FileTail> tail = new FooterSearch(source, size).find();
        if (tail.isPresent() && tail.get().end() == size) {
            int batches = tail.get().footer().recordBatches().size();
            return new RecoveryReport(batches, 0, size, size, Optional.empty());
        }
        try (FileContents contents = tail.isPresent() ? FileContents.of(tail.get(), source, allocator) : begun()) {
            int kept = contents.batches().size();
            String problem = accept(contents);
            int recovered = contents.batches().size() - kept;
            boolean cutsOnly = tail.isPresent() && recovered == 0;
            if (!cutsOnly) {
                contents.requireWritable();
            }
            long end = cutsOnly ? tail.get().end() : contents.end();
            if (repair && cutsOnly) {
                cut(channel, end);
            } else if (repair) {
                finish(channel, contents);
            }
            return new RecoveryReport(kept, recovered, size, end, Optional.of(problem));
        }
    }

    /** A file that never had a footer: it begins with its schema. */
    private FileContents begun() throws IOException {
        MessageCursor cursor =
                new MessageCursor(source.input(), source.options().limits(), source.site());
        MessageCursor.Found found = cursor.next(FileTail.HEAD_BYTES, size);
        if (found instanceof MessageCursor.Found.Message message && message.kind() == MessageMetadata.Kind.SCHEMA) {
            MessageMetadata metadata = cursor.metadata();
            return FileContents.of(
                    metadata.schema(), metadata.byteOrder(), message.block().end(), source, allocator);
        }
        source.site().moveTo(FileTail.HEAD_BYTES);
        throw source.site().malformed("file without a whole footer", "a schema to begin with", describe(found));
    }

    /** Reads on behind the contents as long as messages are whole; tells what comes then. */
    private String accept(FileContents contents) throws IOException {
        MessageCursor cursor = contents.reader().messages();
        long position =
                contents.footer().isPresent() ? Math.min(size, Alignment.roundUp(contents.end())) : contents.end();
        while (true) {
            try {
                MessageCursor.Found found = cursor.next(position, size);
                if (!(found instanceof MessageCursor.Found.Message message)) {
                    if (contents.footer().isEmpty() && found instanceof MessageCursor.Found.EndOfStream marker) {
                        requireNoMore(marker.end(), contents);
                    }
                    return describe(found);
                }
                contents.accept(message.kind(), message.block());
                position = message.block().end();
            } catch (MalformedStreamException e) {
                return String.valueOf(e.getMessage());
            } catch (LimitExceededException e) {
                boolean isBeyondEnd = e.limitName().equals("maxMetadataBytes") && e.requested() > size - position;
                if (!isBeyondEnd) {
                    throw e; // it may well be whole
                }
                return String.valueOf(e.getMessage());
            }
        }
    }

    /** Behind the end of the first writing stands at most a footer. More must not be cut off unseen, unless it is a hole. */
    private void requireNoMore(long end, FileContents contents) throws IOException {
        long most = source.options().limits().maxMetadataBytes() + FooterDecoder.BLOCK_BYTES * contents.blockCount();
        if (size - end > most && !ZeroBytes.between(end, size, source.input())) {
            throw new LightstreamException(
                    source.options().source(),
                    end,
                    "behind the end of the messages",
                    "a footer of at most " + most + " bytes, or a part of one",
                    size - end + " bytes");
        }
    }

    private static String describe(MessageCursor.Found found) {
        if (found instanceof MessageCursor.Found.Incomplete part) {
            return part.what() + " at " + part.start() + " is incomplete";
        }
        if (found instanceof MessageCursor.Found.Message message) {
            return "a message of kind " + message.kind();
        }
        return found instanceof MessageCursor.Found.EndOfStream
                ? "the footer is missing or incomplete"
                : "the end is missing";
    }

    private static void cut(SeekableByteChannel channel, long end) throws IOException {
        channel.truncate(end);
        if (channel instanceof FileChannel file) {
            file.force(true);
        }
    }

    /** Cuts off what is not whole and writes dictionaries that grew, and a footer. */
    private void finish(SeekableByteChannel channel, FileContents contents) throws IOException {
        IpcAppendOptions writing =
                IpcAppendOptions.defaults().withSink(source.options().source());
        try (IpcFileWriter writer = IpcFileWriter.over(channel, contents, writing)) {
            writer.finish();
        }
    }
}
