package io.lightstream.codec.internal.body;

import io.lightstream.codec.Column;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.memory.BatchMemory;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The dictionaries that a stream or file has sent so far, by id. Each batch keeps a snapshot, so that a later replacement
 * or delta does not change what it says.
 */
public final class Dictionaries implements AutoCloseable {
    private static final BatchMemory[] NONE = {};

    /** By id, and in its order. */
    private final SortedMap<Long, Entry> entries = new TreeMap<>();

    private @Nullable Snapshot snapshot;

    /** Values, what keeps them alive (the dictionaries they refer to included), and what they take themselves. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(Column values, BatchMemory[] memories, long bytes) {}

    /** What was known at one time. Asked several times a batch: sorted ids are found faster than boxed ones are hashed. */
    public static final class Snapshot {
        static final Snapshot EMPTY = new Snapshot(new long[0], new Column[0], NONE);

        private final long[] ids;
        private final Column[] values;
        private final BatchMemory[] memories;

        private Snapshot(long[] ids, Column[] values, BatchMemory[] memories) {
            this.ids = ids;
            this.values = values;
            this.memories = memories;
        }

        private static Snapshot of(SortedMap<Long, Entry> entries) {
            long[] ids = new long[entries.size()];
            Column[] values = new Column[entries.size()];
            Set<BatchMemory> memories = new LinkedHashSet<>();
            int count = 0;
            for (Map.Entry<Long, Entry> known : entries.entrySet()) {
                ids[count] = known.getKey();
                values[count++] = known.getValue().values();
                Collections.addAll(memories, known.getValue().memories());
            }
            return new Snapshot(ids, values, memories.toArray(NONE));
        }

        /** The values of dictionary {@code id}, which must be known. */
        public Column values(long id) {
            int index = Arrays.binarySearch(ids, id);
            if (index < 0) {
                throw new IllegalStateException("dictionary " + id + " was not checked to be known");
            }
            return values[index];
        }

        boolean contains(long id) {
            return Arrays.binarySearch(ids, id) >= 0;
        }

        /** The memory of all dictionaries, with one more reference of each for the caller. */
        BatchMemory[] retain() {
            for (BatchMemory memory : memories) {
                memory.retain();
            }
            return memories;
        }
    }

    /** Whether the dictionary was sent already. */
    public boolean contains(long id) {
        return entries.containsKey(id);
    }

    /** Sets or replaces a dictionary. */
    void put(long id, DecodedBody body) {
        put(id, new Entry(body.column(0), body.ownedMemories(), body.memoryBytes()));
    }

    /** Appends to a known dictionary: its values move to new memory, and batches that refer to the old one keep it. */
    void append(long id, DecodedBody delta, BodyDecoder.Settings settings, InputSite site) throws LightstreamException {
        BatchMemory[] owned = delta.ownedMemories();
        Column appended;
        try {
            appended = DictionaryDelta.append(id, snapshot().values(id), delta.column(0), settings, site);
        } catch (LightstreamException | RuntimeException | Error e) {
            release(owned);
            throw e;
        }
        // The first of the delta's memories is its own, and its bytes were copied; the others are of dictionaries
        // below.
        owned[0].release();
        owned[0] = appended.data().memory();
        put(id, new Entry(appended, owned, appended.data().memory().retainedBytes()));
    }

    private void put(long id, Entry entry) {
        Entry before = entries.put(id, entry);
        if (before != null) {
            release(before.memories());
        }
        snapshot = null;
    }

    private static void release(BatchMemory[] memories) {
        for (BatchMemory memory : memories) {
            memory.release();
        }
    }

    /** Fails where the dictionaries with {@code more} bytes take more than is allowed. */
    void requireRoom(Optional<Long> replaced, long more, long maxBytes, InputSite site) throws LightstreamException {
        long total = more;
        for (Map.Entry<Long, Entry> entry : entries.entrySet()) {
            total += replaced.isPresent() && entry.getKey().equals(replaced.get())
                    ? 0
                    : entry.getValue().bytes();
        }
        if (total > maxBytes) {
            throw site.over("maxDictionaryBytes", maxBytes, total);
        }
    }

    /** What is known now. */
    public Snapshot snapshot() {
        Snapshot current = snapshot;
        if (current == null) {
            current = entries.isEmpty() ? Snapshot.EMPTY : Snapshot.of(entries);
            snapshot = current;
        }
        return current;
    }

    /** Forgets everything and gives up the memory. */
    @Override
    public void close() {
        for (Entry entry : entries.values()) {
            release(entry.memories());
        }
        entries.clear();
        snapshot = Snapshot.EMPTY;
    }
}
