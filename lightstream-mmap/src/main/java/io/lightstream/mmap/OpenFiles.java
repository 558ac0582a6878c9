package io.lightstream.mmap;

import io.lightstream.codec.internal.Closeables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;

/** The files of a dataset that are open: the ones used last, and not more than allowed. Not thread-safe. */
final class OpenFiles implements AutoCloseable {
    private final BufferAllocator allocator;
    private final DatasetOptions options;
    /** From the one used longest ago to the one used last. */
    private final Map<Path, MappedArrowFile> open = new LinkedHashMap<>(16, 0.75f, true);

    OpenFiles(BufferAllocator allocator, DatasetOptions options) {
        this.allocator = allocator;
        this.options = options;
    }

    /** The file, opened if it is not; it stays open at least until the next call. */
    MappedArrowFile get(Path path) throws IOException {
        MappedArrowFile known = open.get(path);
        if (known != null) {
            return known;
        }
        makeRoom();
        MappedArrowFile file = MappedArrowFile.open(path, allocator, options.map());
        open.put(path, file);
        return file;
    }

    private void makeRoom() throws IOException {
        Iterator<MappedArrowFile> oldest = open.values().iterator();
        while (open.size() >= options.maxOpen()) {
            MappedArrowFile file = oldest.next();
            oldest.remove();
            file.close();
        }
    }

    /** How many are open. */
    int count() {
        return open.size();
    }

    @Override
    public void close() throws IOException {
        List<MappedArrowFile> files = new ArrayList<>(open.values());
        open.clear();
        for (int i = 0; i < files.size(); i++) {
            try {
                files.get(i).close();
            } catch (IOException | RuntimeException | Error e) {
                Closeables.closeAfter(e, files.subList(i + 1, files.size()).toArray(new AutoCloseable[0]));
                throw e;
            }
        }
    }
}
