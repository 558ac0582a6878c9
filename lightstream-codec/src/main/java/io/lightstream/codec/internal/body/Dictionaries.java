package io.lightstream.codec.internal.body;

import io.lightstream.codec.Column;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.Validation;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.memory.BatchMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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

    private final Map<Long, Entry> entries = new HashMap<>();
    /** In the order in which they came. */
    private final List<Waiting> waiting = new ArrayList<>();

    private @Nullable Snapshot snapshot;

    /** Values, what keeps them alive (the dictionaries they refer to included), and what they take themselves. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(Column values, BatchMemory[] memories, long bytes) {}

    /** Values of a dictionary that refer to one that has not come yet. */
    private record Waiting(long id, DecodedBody values, boolean isDelta) {}

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

        private static Snapshot of(
                SortedMap<Long, Column> values, BatchMemory[] memories, Map<Long, DecodedBody.Reference> awaited) {
            long[] ids = values.keySet().stream().mapToLong(Long::longValue).toArray();
            return new Snapshot(ids, values.values().toArray(Column[]::new), memories, awaited);
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
        return entries.containsKey(id) || waits(id);
    }

    /** Whether batches may refer to the dictionary: it was sent, and all that its values refer to. */
    public boolean isComplete(long id) {
        return entries.containsKey(id) && !waits(id);
    }

    private boolean waits(long id) {
        return waiting.stream().anyMatch(one -> one.id() == id);
    }

    /** Sets, replaces or appends to a dictionary, now or when all is there that it refers to. Takes over the body. */
    void accept(long id, DecodedBody values, boolean isDelta, BodyDecoder.Settings settings, InputSite site)
            throws LightstreamException {
        if (waits(id) || values.awaits(snapshot()).isPresent()) {
            waiting.add(new Waiting(id, values, isDelta));
            snapshot = null;
            return;
        }
        keep(id, values, isDelta, settings, site);
        for (Optional<Waiting> next = nextComplete(); next.isPresent(); next = nextComplete()) {
            Waiting complete = next.get();
            waiting.remove(complete);
            DecodedBody completed = complete.values().referringTo(snapshot());
            if (settings.validation() != Validation.STRUCTURE) {
                requireIndices(completed, site);
            }
            keep(complete.id(), completed, complete.isDelta(), settings, site);
        }
    }

    /** The first that waits for nothing any more, unless one of the same id before it still does. */
    private Optional<Waiting> nextComplete() {
        Snapshot known = snapshot();
        Set<Long> incomplete = new HashSet<>();
        for (Waiting one : waiting) {
            if (one.values().awaits(known).isPresent()) {
                incomplete.add(one.id());
            } else if (!incomplete.contains(one.id())) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
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
        long total = more;
        for (Map.Entry<Long, Entry> entry : entries.entrySet()) {
            total += replaced.isPresent() && entry.getKey().equals(replaced.get())
                    ? 0
                    : entry.getValue().bytes();
        }
        for (Waiting one : waiting) {
            total += one.values().memoryBytes();
        }
        if (total > maxBytes) {
            throw site.over("maxDictionaryBytes", maxBytes, total);
        }
    }

    /** What is known now. */
    public Snapshot snapshot() {
        Snapshot current = snapshot;
        if (current == null && entries.isEmpty() && waiting.isEmpty()) {
            current = Snapshot.EMPTY;
            snapshot = current;
        }
        if (current == null) {
            SortedMap<Long, Column> values = new TreeMap<>();
            entries.forEach((id, entry) -> values.put(id, entry.values()));
            BatchMemory[] memories = entries.values().stream()
                    .flatMap(entry -> Arrays.stream(entry.memories()))
                    .distinct()
                    .toArray(BatchMemory[]::new);
            current = Snapshot.of(values, memories, Map.of());
            current = waiting.isEmpty() ? current : Snapshot.of(values, memories, awaited(current));
            snapshot = current;
        }
        return current;
    }

    private Map<Long, DecodedBody.Reference> awaited(Snapshot known) {
        Map<Long, DecodedBody.Reference> awaited = new HashMap<>();
        for (Waiting one : waiting) {
            one.values().awaits(known).ifPresent(reference -> awaited.putIfAbsent(one.id(), reference));
        }
        return awaited;
    }

    /** Forgets everything and gives up the memory. */
    @Override
    public void close() {
        for (Entry entry : entries.values()) {
            release(entry.memories());
        }
        entries.clear();
        waiting.forEach(one -> one.values().release());
        waiting.clear();
        snapshot = Snapshot.EMPTY;
    }
}
