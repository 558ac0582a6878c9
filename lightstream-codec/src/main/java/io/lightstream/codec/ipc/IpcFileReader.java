package io.lightstream.codec.ipc;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.internal.BorrowedBatch;
import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.internal.Gate;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.input.BlockReader;
import io.lightstream.codec.internal.input.ChannelInput;
import io.lightstream.codec.internal.input.FileTail;
import io.lightstream.codec.internal.input.PositionedInput;
import io.lightstream.codec.internal.input.StreamState;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Reads an Arrow file (Columnar.rst, "IPC File Format") from a seekable channel: in order as a {@link BatchReader}, or any
 * batch by its number.
 *
 * <p>Opening reads the footer only; dictionaries, with their deltas, are read when the first batch is. With a choice of
 * columns, the bytes of the others are not read.
 *
 * <p>Ownership, threads and errors are those of {@link BatchReader}.
 */
public final class IpcFileReader implements BatchReader {
    private final SeekableByteChannel channel;
    private final BufferAllocator allocator;
    private final Footer footer;
    private final StreamState file;
    private final BlockReader blocks;
    private final Gate gate;
    private boolean dictionariesRead;
    private int nextBatch;
    private final BorrowedBatch current = new BorrowedBatch();

    private IpcFileReader(SeekableByteChannel channel, BufferAllocator child, IpcReadOptions options)
            throws IOException {
        this.channel = channel;
        this.allocator = child;
        this.gate = new Gate("The reader of " + options.source());
        InputSite site = new InputSite(options.source());
        PositionedInput input = new ChannelInput(channel, options.source());
        FileTail tail = FileTail.read(input, options.limits(), site);
        this.footer = tail.footer();
        this.file = new StreamState(footer.schema(), tail.byteOrder(), child, options, site);
        this.blocks = new BlockReader(input, options, site);
    }

    /**
     * Opens the file and reads its footer.
     *
     * @param channel closed with the reader, and where opening fails
     * @param allocator parent of the one that bodies are taken from; borrowed
     * @throws LightstreamException where the input is no Arrow file that can be read
     * @throws IOException where the channel fails
     * @throws io.lightstream.codec.ColumnSelectionException where the options name a column that is not there, or is there twice
     */
    public static IpcFileReader open(SeekableByteChannel channel, BufferAllocator allocator, IpcReadOptions options)
            throws IOException {
        BufferAllocator child = allocator.newChildAllocator(options.source(), 0, Long.MAX_VALUE);
        try {
            return new IpcFileReader(channel, child, options);
        } catch (IOException | RuntimeException | Error e) {
            Closeables.closeAfter(e, channel, child);
            throw e;
        }
    }

    @Override
    public Schema schema() {
        return file.schema();
    }

    /** The footer: where everything lies, the full schema, custom metadata. */
    public Footer footer() {
        return footer;
    }

    /** Number of record batches. */
    public int batchCount() {
        return footer.recordBatches().size();
    }

    /**
     * Reads batch {@code index}, also where reading in order has failed; the caller closes it, before the reader unless it is {@linkplain RecordBatch#take taken}.
     *
     * @throws LightstreamException where the file is malformed there
     * @throws IOException where the channel fails
     */
    public RecordBatch read(int index) throws IOException {
        Objects.checkIndex(index, batchCount());
        gate.enter();
        try {
            return readBatch(index);
        } finally {
            leave();
        }
    }

    @Override
    public boolean next() throws IOException {
        gate.enter();
        try {
            return current.step(this::advance);
        } finally {
            leave();
        }
    }

    private boolean advance() throws IOException {
        if (nextBatch == batchCount()) {
            return false;
        }
        current.lend(readBatch(nextBatch));
        nextBatch++;
        return true;
    }

    private RecordBatch readBatch(int index) throws IOException {
        if (!dictionariesRead) {
            readDictionaries();
        }
        return blocks.readBatch(footer.recordBatches().get(index), file);
    }

    private void readDictionaries() throws IOException {
        try {
            for (Footer.Block block : footer.dictionaries()) {
                blocks.readDictionary(block, file);
            }
            dictionariesRead = true;
        } finally {
            if (!dictionariesRead) {
                file.close();
            }
        }
    }

    @Override
    public RecordBatch batch() {
        return current.get();
    }

    /** Always true: nobody is waited for. */
    @Override
    public boolean hasArrived() {
        return true;
    }

    /**
     * Closes the channel and gives up what is held. Idempotent.
     *
     * @throws IllegalStateException where batches or slices of this reader are still open
     */
    @Override
    public void close() throws IOException {
        gate.close(channel, this::release);
    }

    private void leave() {
        if (gate.leave()) {
            release();
        }
    }

    private void release() {
        current.release();
        blocks.close();
        file.close();
        allocator.close();
    }
}
