package io.lightstream.cli;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.ColumnSelectionException;
import io.lightstream.codec.compare.Difference;
import io.lightstream.codec.compare.ReaderComparison;
import io.lightstream.codec.format.BatchFormat;
import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/** Reads an Arrow file or stream to its end and compares it with the JSON that says what it should contain. */
final class Validator {
    /** In the place of the JSON: only whether the Arrow data can be read. */
    static final String NO_JSON = "-";

    private final LightstreamMemory memory;
    private final ReadingOptions options;
    private final PrintStream error;
    private final Formats formats = new Formats();

    Validator(LightstreamMemory memory, ReadingOptions options, PrintStream error) {
        this.memory = memory;
        this.options = options;
        this.error = error;
    }

    /**
     * Compares. Whatever is wrong with the data or their names is in the verdict.
     *
     * @param format {@link Formats#FILE} or {@link Formats#STREAM}
     * @throws UsageException where the data have no column of a name that was asked for
     */
    Verdict validate(String format, String arrow, String json) {
        BufferAllocator allocator = memory.newChild(arrow);
        Verdict verdict;
        try {
            verdict = compare(format, arrow, json, allocator);
        } catch (UsageException e) {
            Closeables.closeAfter(e, allocator);
            throw e;
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            verdict = Verdict.of(e);
            Failures.trace(e, error);
        }
        long held = allocator.getAllocatedMemory();
        if (held != 0) {
            return new Verdict(Verdict.Outcome.DEFECT, "memory still held: expected 0 bytes, found " + held);
        }
        allocator.close();
        return verdict;
    }

    private Verdict compare(String format, String arrow, String json, BufferAllocator allocator) throws IOException {
        try (WatchedReader found = new WatchedReader(open(formats.named(format), arrow, allocator))) {
            if (json.isEmpty() || json.equals(NO_JSON)) {
                return new Verdict(Verdict.Outcome.OK, drain(found) + " batches, compared with nothing");
            }
            return compare(found, json, allocator);
        }
    }

    /** Whatever the JSON says, or whether it is there at all: that the Arrow data is malformed comes first. */
    private Verdict compare(WatchedReader found, String json, BufferAllocator allocator) throws IOException {
        Verdict verdict;
        try (BatchReader expected = open(formats.named("json"), json, allocator)) {
            verdict = compare(expected, found);
        } catch (IOException e) {
            if (!found.hasFailed()) {
                drain(found);
            }
            throw e;
        }
        drain(found);
        return verdict;
    }

    private static Verdict compare(BatchReader expected, BatchReader found) throws IOException {
        Optional<Difference> difference = ReaderComparison.compare(expected, found);
        return difference
                .map(first -> new Verdict(Verdict.Outcome.DIFFERS, Failures.oneLine(first.toString())))
                .orElseGet(() -> new Verdict(Verdict.Outcome.OK, columns(found) + " columns"));
    }

    private static int columns(BatchReader reader) {
        return reader.schema().columnCount();
    }

    private static long drain(BatchReader reader) throws IOException {
        long batches = 0;
        while (reader.next()) {
            // Columns are made when they are asked for; somebody who reads would.
            reader.batch().columns();
            batches++;
        }
        return batches;
    }

    private BatchReader open(BatchFormat format, String file, BufferAllocator allocator) throws IOException {
        if (file.isEmpty()) {
            throw new FileSystemException("''", null, "expected a path, found an empty name");
        }
        Path path;
        try {
            path = Path.of(file);
        } catch (InvalidPathException e) {
            throw new FileSystemException(file, null, "expected a path, found " + e.getReason());
        }
        IpcReadOptions reading = options.of(file);
        FileChannel channel = Sources.channel(path);
        try {
            return format.open(channel, allocator, reading);
        } catch (ColumnSelectionException e) {
            UsageException failure = new UsageException(String.valueOf(e.getMessage()), e);
            Closeables.closeAfter(failure, channel);
            throw failure;
        } catch (IOException | RuntimeException | Error e) {
            Closeables.closeAfter(e, channel);
            throw e;
        }
    }
}
