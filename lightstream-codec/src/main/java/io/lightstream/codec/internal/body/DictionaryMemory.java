package io.lightstream.codec.internal.body;

import io.lightstream.codec.memory.BatchMemory;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the memory of all dictionaries: each part once, however many of them it keeps alive, and as long as one of them does.
 * A dictionary that was replaced still counts where another one refers to its values.
 */
final class DictionaryMemory {
    /** No two memories are equal. */
    private final Map<BatchMemory, Share> shares = new HashMap<>();

    private long bytes;

    /** How many dictionaries keep a memory, and what its allocators are charged for it. */
    private static final class Share {
        private int users;
        private final long bytes;

        Share(long bytes) {
            this.bytes = bytes;
        }
    }

    /** Bytes of all of it. */
    long bytes() {
        return bytes;
    }

    void add(KeptDictionary dictionary) {
        for (BatchMemory memory : dictionary.memories()) {
            Share share = shares.get(memory);
            if (share == null) {
                share = new Share(memory.chargedBytes());
                shares.put(memory, share);
                bytes += share.bytes;
            }
            share.users++;
        }
    }

    void remove(KeptDictionary dictionary) {
        for (BatchMemory memory : dictionary.memories()) {
            Share share = shareOf(memory);
            if (--share.users == 0) {
                shares.remove(memory);
                bytes -= share.bytes;
            }
        }
    }

    /** Bytes that are free once the dictionary is not kept any more. */
    long freedBy(KeptDictionary dictionary) {
        long freed = 0;
        for (BatchMemory memory : dictionary.memories()) {
            Share share = shareOf(memory);
            freed += share.users == 1 ? share.bytes : 0;
        }
        return freed;
    }

    private Share shareOf(BatchMemory memory) {
        Share share = shares.get(memory);
        if (share == null) {
            throw new IllegalStateException("memory of a dictionary that is not kept");
        }
        return share;
    }
}
