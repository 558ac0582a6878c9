package io.lightstream.codec.internal.body;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Dictionaries whose values refer to others that have not come yet, in the order in which they came: Arrow Java sends the outer one first. */
final class AwaitingDictionaries {
    // No streams and lambdas: every file has dictionaries that wait for nothing, and a cold process comes by here.

    private final List<Awaiting> all = new ArrayList<>();

    /** Values that wait for a dictionary; they keep their memory. */
    record Awaiting(long id, DecodedBody values, boolean isDelta) {}

    boolean contains(long id) {
        for (Awaiting one : all) {
            if (one.id() == id) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    void add(Awaiting values) {
        all.add(values);
    }

    /** Takes out the first that waits for nothing any more, unless one of the same id before it still does. */
    Optional<Awaiting> removeComplete(Dictionaries.Snapshot known) {
        Set<Long> incomplete = new HashSet<>();
        for (Awaiting one : all) {
            if (one.values().awaits(known).isPresent()) {
                incomplete.add(one.id());
            } else if (!incomplete.contains(one.id())) {
                all.remove(one);
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** What each of them lacks, by its id. */
    Map<Long, DecodedBody.Reference> references(Dictionaries.Snapshot known) {
        Map<Long, DecodedBody.Reference> references = new HashMap<>();
        for (Awaiting one : all) {
            one.values().awaits(known).ifPresent(reference -> references.putIfAbsent(one.id(), reference));
        }
        return references;
    }

    /** Bytes that allocators are charged for them. */
    long memoryBytes() {
        long bytes = 0;
        for (Awaiting one : all) {
            bytes += one.values().memoryBytes();
        }
        return bytes;
    }

    /** Gives them up. */
    void release() {
        for (Awaiting one : all) {
            one.values().release();
        }
        all.clear();
    }
}
