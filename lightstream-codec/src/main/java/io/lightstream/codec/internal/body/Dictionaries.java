package io.lightstream.codec.internal.body;

import io.lightstream.codec.Column;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.Validation;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.body.AwaitingDictionaries.Awaiting;
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

    private final AwaitingDictionaries awaiting = new AwaitingDictionaries();

    private @Nullable Snapshot snapshot;

    /** Values, what keeps them alive (the dictionaries they refer to included), and what they take themselves. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(Column values, BatchMemory[] memories, long bytes) {}

    /** What was known at one time. Asked several times a batch: sorted ids are found faster than boxed ones are hashed. */
    public static final class Snapshot {
        static final Snapshot EMPTY = new Snapshot(new long[0], new Column[0], NONE, Map.of());

        private final long[] ids;
        private final Column[] values;
        private final BatchMemory[] memories;
        /** By the id of a dictionary that waits. */
        private final Map<Long, DecodedBody.Reference> awaited;

        private Snapshot(
                long[] ids, Column[] values, BatchMemory[] memories, Map<Long, DecodedBody.Reference> awaited) {
            this.ids = ids;
            this.values = values;
            this.memories = memories;
            this.awaited = awaited;
        }

        private static Snapshot of(SortedMap<Long, Entry> entries, Map<Long, DecodedBody.Reference> awaited) {
            long[] ids = new long[entries.size()];
            Column[] values = new Column[entries.size()];
            Set<BatchMemory> memories = new LinkedHashSet<>();
            int count = 0;
            for (Map.Entry<Long, Entry> known : entries.entrySet()) {
                ids[count] = known.getKey();
                values[count++] = known.getValue().values();
                Collections.addAll(memories, known.getValue().memories());
            }
            return new Snapshot(ids, values, memories.toArray(NONE), awaited);
        }

        /** What a dictionary that came lacks; empty where it lacks nothing, or never came. */
        Optional<DecodedBody.Reference> awaitedBy(long id) {
            return Optional.ofNullable(awaited.get(id));
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
        return entries.containsKey(id) || awaiting.contains(id);
    }

    /** Whether batches may refer to the dictionary: it was sent, and all that its values refer to. */
    public boolean isComplete(long id) {
        return entries.containsKey(id) && !awaiting.contains(id);
    }

    /** Sets, replaces or appends to a dictionary, now or when all is there that it refers to. Takes over the body. */
    void accept(long id, DecodedBody values, boolean isDelta, BodyDecoder.Settings settings, InputSite site)
            throws LightstreamException {
        if (awaiting.contains(id) || values.awaits(snapshot()).isPresent()) {
            awaiting.add(new Awaiting(id, values, isDelta));
            snapshot = null;
            return;
        }
        keep(id, values, isDelta, settings, site);
        while (!awaiting.isEmpty()) {
            Optional<Awaiting> complete = awaiting.removeComplete(snapshot());
            if (complete.isEmpty()) {
                return;
            }
            keepCompleted(complete.get(), settings, site);
        }
    }

    private void keepCompleted(Awaiting complete, BodyDecoder.Settings settings, InputSite site)
            throws LightstreamException {
        DecodedBody values = complete.values().referringTo(snapshot());
        if (settings.validation() != Validation.STRUCTURE) {
            requireIndices(values, site);
        }
        keep(complete.id(), values, complete.isDelta(), settings, site);
    }

    private static void requireIndices(DecodedBody values, InputSite site) throws LightstreamException {
        try {
            values.requireIndices(site);
        } catch (LightstreamException | RuntimeException | Error e) {
            values.release();
            throw e;
        }
    }

    private void keep(long id, DecodedBody values, boolean isDelta, BodyDecoder.Settings settings, InputSite site)
            throws LightstreamException {
        if (isDelta) {
            append(id, values, settings, site);
        } else {
            put(id, new Entry(values.column(0), values.ownedMemories(), values.memoryBytes()));
        }
    }

    /** Appends to a known dictionary: its values move to new memory, and batches that refer to the old one keep it. */
    private void append(long id, DecodedBody delta, BodyDecoder.Settings settings, InputSite site)
            throws LightstreamException {
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
        long total = more + awaiting.memoryBytes();
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
            current = entries.isEmpty() ? Snapshot.EMPTY : Snapshot.of(entries, Map.of());
            if (!awaiting.isEmpty()) {
                current = Snapshot.of(entries, awaiting.references(current));
            }
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
        awaiting.release();
        snapshot = Snapshot.EMPTY;
    }
}
