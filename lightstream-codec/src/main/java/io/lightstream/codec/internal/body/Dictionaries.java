package io.lightstream.codec.internal.body;

import io.lightstream.codec.Column;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.Validation;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.body.AwaitingDictionaries.Awaiting;
import io.lightstream.codec.memory.BatchMemory;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
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
 *
 * <p>Dictionaries whose values are indices into further ones are put together when both are there, whichever came first. From
 * then on the outer one means the inner one as it was, and with it as it grows; where the inner one is replaced, the outer one
 * keeps what it had until it is sent again itself. A delta of an outer dictionary whose inner one was replaced by other values
 * would have two meanings at once, and is refused.
 */
public final class Dictionaries implements AutoCloseable {
    private static final BatchMemory[] NONE = {};

    /** By id, and in its order. */
    private final SortedMap<Long, KeptDictionary> entries = new TreeMap<>();

    private final DictionaryMemory memory = new DictionaryMemory();
    private final AwaitingDictionaries awaiting = new AwaitingDictionaries();

    private @Nullable Snapshot snapshot;

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

        private static Snapshot of(SortedMap<Long, KeptDictionary> entries, Map<Long, DecodedBody.Reference> awaited) {
            long[] ids = new long[entries.size()];
            Column[] values = new Column[entries.size()];
            Set<BatchMemory> memories = new LinkedHashSet<>();
            int count = 0;
            for (Map.Entry<Long, KeptDictionary> known : entries.entrySet()) {
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

    /** Whether the dictionary itself is there, whatever else of it waits. */
    boolean isKnown(long id) {
        return entries.containsKey(id);
    }

    /** Sets, replaces or appends to a dictionary, now or when all is there that it refers to. Takes over the body. */
    void accept(long id, DecodedBody values, boolean isDelta, BodyDecoder.Settings settings, InputSite site)
            throws LightstreamException {
        Optional<DecodedBody.Reference> missing = awaiting.contains(id) ? awaiting.missing(id) : values.awaits(this);
        try {
            requireRoom(id, values.memoryBytes(), isDelta || missing.isPresent(), settings, site);
            if (missing.isPresent()) {
                awaiting.requireRoom(site);
            }
        } catch (LightstreamException e) {
            values.release();
            throw e;
        }
        if (missing.isPresent()) {
            awaiting.add(new Awaiting(id, values, isDelta), missing.get());
            snapshot = null;
            return;
        }
        keep(id, values, isDelta, settings, site);
        if (!awaiting.isEmpty()) {
            keepCompleted(id, settings, site);
        }
    }

    /** Fails where the dictionaries with {@code more} bytes take more than is allowed. */
    private void requireRoom(long id, long more, boolean isAdded, BodyDecoder.Settings settings, InputSite site)
            throws LightstreamException {
        KeptDictionary replaced = isAdded ? null : entries.get(id);
        long freed = replaced == null ? 0 : memory.freedBy(replaced);
        long total = memory.bytes() + awaiting.memoryBytes() - freed + more;
        long maxBytes = settings.limits().maxDictionaryBytes();
        if (total > maxBytes) {
            throw site.over("maxDictionaryBytes", maxBytes, total);
        }
    }

    /** Keeps what has waited for a dictionary, and what has waited for that. */
    private void keepCompleted(long arrived, BodyDecoder.Settings settings, InputSite site)
            throws LightstreamException {
        try {
            awaiting.arrived(arrived, this);
            Optional<Awaiting> next = awaiting.nextReady();
            while (next.isPresent()) {
                Awaiting complete = next.get();
                DecodedBody values = complete.values().referringTo(snapshot(complete.values()));
                if (settings.validation() != Validation.STRUCTURE) {
                    requireIndices(values, site);
                }
                keep(complete.id(), values, complete.isDelta(), settings, site);
                awaiting.arrived(complete.id(), this);
                next = awaiting.nextReady();
            }
        } finally {
            awaiting.releaseReady();
        }
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
        Map<Long, KeptDictionary> inner = inner(values);
        if (isDelta) {
            append(id, values, inner, settings, site);
        } else {
            put(id, KeptDictionary.first(values.column(0), values.memory(), inner));
        }
    }

    /** The dictionaries that the values refer to, all of which are known. */
    private Map<Long, KeptDictionary> inner(DecodedBody values) {
        long[] ids = values.dictionaryIds();
        if (ids.length == 0) {
            return Map.of();
        }
        Map<Long, KeptDictionary> inner = new HashMap<>();
        for (long id : ids) {
            inner.put(id, known(id));
        }
        return inner;
    }

    private KeptDictionary known(long id) {
        KeptDictionary known = entries.get(id);
        if (known == null) {
            throw new IllegalStateException("dictionary " + id + " was not checked to be known");
        }
        return known;
    }

    /** Appends to a known dictionary: its values move to new memory, and batches that refer to the old one keep it. */
    private void append(
            long id, DecodedBody delta, Map<Long, KeptDictionary> inner, BodyDecoder.Settings settings, InputSite site)
            throws LightstreamException {
        KeptDictionary before = known(id);
        KeptDictionary grown;
        try {
            Column added = delta.column(0);
            if (added.length() == 0) {
                return;
            }
            Column all = DictionaryDelta.append(id, before, inner, added, settings, site);
            grown = before.grown(all, all.data().memory(), inner);
        } finally {
            delta.release();
        }
        try {
            requireRoom(id, grown.values().data().memory().chargedBytes(), false, settings, site);
        } catch (LightstreamException e) {
            grown.release();
            throw e;
        }
        put(id, grown);
    }

    private void put(long id, KeptDictionary dictionary) {
        memory.add(dictionary);
        KeptDictionary before = entries.put(id, dictionary);
        if (before != null) {
            memory.remove(before);
            before.release();
        }
        snapshot = null;
    }

    /** What is known now. */
    public Snapshot snapshot() {
        Snapshot current = snapshot;
        if (current == null) {
            current = entries.isEmpty() ? Snapshot.EMPTY : Snapshot.of(entries, Map.of());
            if (!awaiting.isEmpty()) {
                current = Snapshot.of(entries, awaiting.references());
            }
            snapshot = current;
        }
        return current;
    }

    /** What is known of the dictionaries that the body of a dictionary refers to. */
    private Snapshot snapshot(DecodedBody values) {
        return snapshot(values.dictionaryIds());
    }

    /** What is known of some dictionaries: the body of one does not need to know of all. */
    Snapshot snapshot(long... ids) {
        if (ids.length == 0) {
            return Snapshot.EMPTY;
        }
        SortedMap<Long, KeptDictionary> some = new TreeMap<>();
        for (long id : ids) {
            KeptDictionary known = entries.get(id);
            if (known != null) {
                some.put(id, known);
            }
        }
        return Snapshot.of(some, Map.of());
    }

    /** Forgets everything and gives up the memory. */
    @Override
    public void close() {
        for (KeptDictionary dictionary : entries.values()) {
            memory.remove(dictionary);
            dictionary.release();
        }
        entries.clear();
        awaiting.release();
        snapshot = Snapshot.EMPTY;
    }
}
