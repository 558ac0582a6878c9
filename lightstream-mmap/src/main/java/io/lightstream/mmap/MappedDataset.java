package io.lightstream.mmap;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.compare.Difference;
import io.lightstream.codec.compare.SchemaComparison;
import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Many Arrow files of one schema as one: their record batches in the order of the files, and in each of its batches.
 *
 * <p>The files have the same columns: names, types, nullability, dictionary index types. Custom metadata may differ, as those do
 * that pandas writes about the index of each table; only those that name an extension type count, since they belong to the type.
 * {@link #schema()} is that of the first file, a batch has that of its own.
 *
 * <p>Opening looks at every file once, to compare the schemas and count the batches; afterwards a file is opened when a batch of
 * it is asked for, and the one used longest ago is closed where there would be more than {@link DatasetOptions#maxOpen()}. A
 * file whose batches are still held stays mapped for them. A file must not change meanwhile.
 *
 * <p>Ownership, threads, and what mapped memory does to its users: as {@link MappedArrowFile} says.
 */
public final class MappedDataset extends SharedReader {
    private final List<Part> parts;
    private final Schema schema;
    private final OpenFiles files;
    private int nextPart;
    private int nextInPart;

    /** One file, and the number of its first batch in the dataset. */
    private record Part(Path path, long firstBatch, int batchCount) {}

    private MappedDataset(List<Path> paths, OpenFiles files) throws IOException {
        super("the dataset that begins with " + paths.get(0));
        this.files = files;
        this.parts = new ArrayList<>(paths.size());
        MappedArrowFile first = files.get(paths.get(0));
        this.schema = first.schema();
        long batches = 0;
        for (Path path : paths) {
            MappedArrowFile file = files.get(path);
            requireSchema(file.schema(), path, paths.get(0));
            parts.add(new Part(path, batches, file.batchCount()));
            batches += file.batchCount();
        }
    }

    /**
     * Opens a directory or a glob with {@link DatasetOptions#defaults()}. Copies, where files need some, are taken from memory of
     * the process.
     *
     * @param directoryOrGlob a directory, of which the files {@code *.arrow}, {@code *.arrows}, {@code *.feather} and {@code
     *     *.ipc} are taken in the order of their names, without those that begin with a dot or an underscore; or a glob as {@link
     *     java.nio.file.FileSystem#getPathMatcher} has it, such as {@code data/2026-*.arrow} or {@code data/**.arrow}, whose
     *     matches are taken in the order of their paths
     * @throws LightstreamException where a file cannot be read, or has other columns than the first
     * @throws IOException where a directory cannot be read, a file cannot be opened, or there is none
     * @throws IllegalArgumentException where the text is neither a path nor a glob
     */
    public static MappedDataset open(String directoryOrGlob) throws IOException {
        return open(directoryOrGlob, SharedMemory.OF_PROCESS.get(), DatasetOptions.defaults());
    }

    /** Opens a directory or a glob; see {@link #open(String)}, also about memory. */
    public static MappedDataset open(String directoryOrGlob, DatasetOptions options) throws IOException {
        return open(directoryOrGlob, SharedMemory.OF_PROCESS.get(), options);
    }

    /** Opens a directory, or one file: as {@link #open(String)}, but the path is never taken for a glob. */
    public static MappedDataset open(Path directory) throws IOException {
        return open(directory, DatasetOptions.defaults());
    }

    /** Opens a directory; see {@link #open(Path)}, and {@link #open(String)} about memory. */
    public static MappedDataset open(Path directory, DatasetOptions options) throws IOException {
        return open(directory, SharedMemory.OF_PROCESS.get(), options);
    }

    /**
     * Opens a directory; see {@link #open(Path)}.
     *
     * @param allocator of what has to be copied; borrowed, and to be closed after the last batch
     */
    public static MappedDataset open(Path directory, BufferAllocator allocator, DatasetOptions options)
            throws IOException {
        return open(DatasetFiles.in(directory), allocator, options);
    }

    /** Opens files in the order given; see {@link #open(String)} about memory. */
    public static MappedDataset open(List<Path> paths, DatasetOptions options) throws IOException {
        return open(paths, SharedMemory.OF_PROCESS.get(), options);
    }

    /**
     * Opens a directory or a glob; see {@link #open(String)}.
     *
     * @param allocator of what has to be copied; borrowed, and to be closed after the last batch
     */
    public static MappedDataset open(String directoryOrGlob, BufferAllocator allocator, DatasetOptions options)
            throws IOException {
        return open(DatasetFiles.find(directoryOrGlob), allocator, options);
    }

    /**
     * Opens files in the order given.
     *
     * @param allocator of what has to be copied; borrowed, and to be closed after the last batch
     * @throws LightstreamException where a file cannot be read, or has other columns than the first
     * @throws IOException where a file cannot be opened, or there is none
     */
    public static MappedDataset open(List<Path> paths, BufferAllocator allocator, DatasetOptions options)
            throws IOException {
        if (paths.isEmpty()) {
            throw new NoSuchFileException("dataset", null, "expected at least one file, found none");
        }
        OpenFiles files = new OpenFiles(allocator, options);
        try {
            return new MappedDataset(paths, files);
        } catch (IOException | RuntimeException | Error e) {
            Closeables.closeAfter(e, files);
            throw e;
        }
    }

    private void requireSchema(Schema found, Path path, Path first) throws MalformedStreamException {
        Optional<Difference> difference = SchemaComparison.compareTypes(schema, found);
        if (difference.isPresent()) {
            throw new MalformedStreamException(
                    path.toString(),
                    LightstreamException.UNKNOWN_POSITION,
                    "schema: " + difference.get().place(),
                    difference.get().expected() + " as in " + first,
                    difference.get().found());
        }
    }

    /** The schema of the first file. */
    @Override
    public Schema schema() {
        return schema;
    }

    /** The files, in order. */
    public List<Path> files() {
        return parts.stream().map(Part::path).toList();
    }

    /** Number of record batches in all files. */
    public long batchCount() {
        Part last = parts.get(parts.size() - 1);
        return last.firstBatch() + last.batchCount();
    }

    /**
     * Record batch {@code number} of the dataset; the caller closes it, at any time.
     *
     * @throws LightstreamException where its file is malformed there, or has changed
     * @throws IOException where its file cannot be read
     * @throws IndexOutOfBoundsException where there are not so many
     * @throws IllegalStateException where the dataset is closed
     */
    public RecordBatch batch(long number) throws IOException {
        enter();
        try {
            Objects.checkIndex(number, batchCount());
            Part part = partOf(number);
            return file(part).batch((int) (number - part.firstBatch()));
        } finally {
            leave();
        }
    }

    private Part partOf(long batch) {
        int low = 0;
        int high = parts.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (parts.get(middle).firstBatch() <= batch) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return parts.get(low);
    }

    private MappedArrowFile file(Part part) throws IOException {
        MappedArrowFile file = files.get(part.path());
        if (file.batchCount() != part.batchCount()) {
            throw new MalformedStreamException(
                    part.path().toString(),
                    LightstreamException.UNKNOWN_POSITION,
                    "record batches of the file",
                    part.batchCount() + " as when the dataset was opened",
                    file.batchCount());
        }
        return file;
    }

    @Override
    Optional<RecordBatch> nextBatch() throws IOException {
        while (nextPart < parts.size() && nextInPart == parts.get(nextPart).batchCount()) {
            nextPart++;
            nextInPart = 0;
        }
        if (nextPart == parts.size()) {
            return Optional.empty();
        }
        RecordBatch batch = file(parts.get(nextPart)).batch(nextInPart);
        nextInPart++;
        return Optional.of(batch);
    }

    @Override
    void restart() {
        nextPart = 0;
        nextInPart = 0;
    }

    @Override
    void release() throws IOException {
        files.close();
    }
}
