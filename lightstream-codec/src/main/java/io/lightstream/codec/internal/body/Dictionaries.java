package io.lightstream.codec.internal.body;

import io.lightstream.codec.Column;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.memory.BatchMemory;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dictionaries that a stream or file has sent so far, by id. Each batch keeps a snapshot, so that a later replacement
 * or delta does not change what it says.
 */
public final class Dictionaries implements AutoCloseable {
    private static final BatchMemory[] NONE = {};

    private final Map<Long, Entry> entries = new HashMap<>();
    private @Nullable Snapshot snapshot;

    private record Entry(Column values, BatchMemory memory, long bytes) {}

    /** What was known at one time. */
    public static final class Snapshot {
        static final Snapshot EMPTY = new Snapshot(Map.of(), NONE);

        private final Map<Long, Column> values;
        private final BatchMemory[] memories;

        private Snapshot(Map<Long, Column> values, BatchMemory[] memories) {
            this.values = values;
            this.memories = memories;
        }

        /** The values of dictionary {@code id}, which must be known. */
        Column values(long id) {
            Column found = values.get(id);
            if (found == null) {
                throw new IllegalStateException("dictionary " + id + " was not checked to be known");
            }
            return found;
        }

        boolean contains(long id) {
            return values.containsKey(id);
        }

        /** The memory of all dictionaries, with one more reference of each for the caller. */
        BatchMemory[] retain() {
            for (BatchMemory memory : memories) {
                memory.retain();
            }
            return memories;
        }
    }

    /** Sets or replaces a dictionary; takes over one reference of the memory. */
    void put(long id, Column values, BatchMemory memory) {
        Entry before = entries.put(id, new Entry(values, memory, memory.retainedBytes()));
        if (before != null) {
            before.memory().release();
        }
        snapshot = null;
    }

    /** Fails where the dictionaries with {@code more} bytes take more than is allowed. */
    void requireRoom(long replacedId, long more, long maxBytes, InputSite site) throws LightstreamException {
        long total = more;
        for (Map.Entry<Long, Entry> entry : entries.entrySet()) {
            total += entry.getKey() == replacedId ? 0 : entry.getValue().bytes();
        }
        if (total > maxBytes) {
            throw site.over("maxDictionaryBytes", maxBytes, total);
        }
    }

    /** What is known now. */
    public Snapshot snapshot() {
        Snapshot current = snapshot;
        if (current == null) {
            Map<Long, Column> values = new HashMap<>();
            entries.forEach((id, entry) -> values.put(id, entry.values()));
            BatchMemory[] memories = entries.values().stream().map(Entry::memory).toArray(BatchMemory[]::new);
            current = new Snapshot(values, memories);
            snapshot = current;
        }
        return current;
    }

    /** Forgets everything and gives up the memory. */
    @Override
    public void close() {
        entries.values().forEach(entry -> entry.memory().release());
        entries.clear();
        snapshot = Snapshot.EMPTY;
    }
}
