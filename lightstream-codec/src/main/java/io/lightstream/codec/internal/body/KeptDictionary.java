package io.lightstream.codec.internal.body;

import io.lightstream.codec.Column;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.memory.BatchMemory;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A dictionary as it was when its last message came. Where its values are indices into further dictionaries, those are meant as
 * they were then: a replacement that comes later does not change what an outer dictionary says, until that is sent again.
 */
final class KeptDictionary {
    private static final BatchMemory[] NONE = {};

    private final Column values;
    private final BatchMemory[] memories;
    private final Map<Long, KeptDictionary> inner;
    /** Stands for the message that the dictionary began with: it is passed on by deltas, which only add. */
    private final Object origin;

    private KeptDictionary(Column values, BatchMemory[] memories, Map<Long, KeptDictionary> inner, Object origin) {
        this.values = values;
        this.memories = memories;
        this.inner = inner;
        this.origin = origin;
    }

    /**
     * A dictionary by itself.
     *
     * @param memory of the values alone; one reference is taken over
     * @param inner the dictionaries that the values refer to, by id
     */
    static KeptDictionary first(Column values, BatchMemory memory, Map<Long, KeptDictionary> inner) {
        return new KeptDictionary(values, owned(memory, inner), inner, new Object());
    }

    /** This dictionary with values behind those it has; as {@link #first} otherwise. */
    KeptDictionary grown(Column allValues, BatchMemory memory, Map<Long, KeptDictionary> newInner) {
        return new KeptDictionary(allValues, owned(memory, newInner), newInner, origin);
    }

    private static BatchMemory[] owned(BatchMemory memory, Map<Long, KeptDictionary> inner) {
        if (inner.isEmpty()) {
            return new BatchMemory[] {memory};
        }
        Set<BatchMemory> all = new LinkedHashSet<>();
        for (KeptDictionary below : inner.values()) {
            Collections.addAll(all, below.memories);
        }
        for (BatchMemory below : all) {
            below.retain();
        }
        all.add(memory);
        return all.toArray(NONE);
    }

    Column values() {
        return values;
    }

    /** What keeps the values alive, and those that they refer to; of each memory one reference is held. */
    BatchMemory[] memories() {
        return memories;
    }

    /** The dictionaries that the values refer to, by id. */
    Map<Long, KeptDictionary> inner() {
        return inner;
    }

    /** Whether the values begin with those of {@code earlier}, so that its indices mean the same here. */
    boolean beginsWith(KeptDictionary earlier) {
        if (origin == earlier.origin) {
            return true;
        }
        long rows = earlier.values.length();
        return rows <= values.length()
                && BatchComparison.compare(earlier.values, values.slice(0, rows))
                        .isEmpty();
    }

    void release() {
        for (BatchMemory memory : memories) {
            memory.release();
        }
    }
}
