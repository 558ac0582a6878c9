package io.lightstream.codec.build;

import io.lightstream.codec.Column;
import io.lightstream.codec.memory.BatchMemory;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.jspecify.annotations.Nullable;

/** Collects the buffers of a finished batch; owns a reference of each until they are made into its memory. */
final class Handover {
    /** A column that lacks nothing but what keeps its memory alive. */
    @FunctionalInterface
    interface Part {
        Column over(BatchMemory memory);
    }

    private final List<ArrowBuf> owners;
    private final IdentityHashMap<Dictionary, Part> dictionaries;
    private final boolean shares;

    Handover() {
        this(new ArrayList<>(), new IdentityHashMap<>(), false);
    }

    private Handover(List<ArrowBuf> owners, IdentityHashMap<Dictionary, Part> dictionaries, boolean shares) {
        this.owners = owners;
        this.dictionaries = dictionaries;
        this.shares = shares;
    }

    /** Whether the builder keeps its buffers and only shares them: dictionaries grow from batch to batch. */
    boolean shares() {
        return shares;
    }

    /** Takes over one reference. */
    void add(ArrowBuf buffer) {
        owners.add(buffer);
    }

    /** A dictionary, once for all columns that use it. */
    Part dictionary(Dictionary dictionary) {
        Part known = dictionaries.get(dictionary);
        if (known == null) {
            known = new SharedPart(dictionary.values().handOver(new Handover(owners, dictionaries, true)));
            dictionaries.put(dictionary, known);
        }
        return known;
    }

    BatchMemory memory() {
        BatchMemory memory = BatchMemory.of(owners.toArray(ArrowBuf[]::new));
        owners.clear();
        return memory;
    }

    void close() {
        owners.forEach(ArrowBuf::close);
        owners.clear();
    }

    /** The same column for all who ask. */
    private static final class SharedPart implements Part {
        private final Part part;
        private @Nullable Column made;

        SharedPart(Part part) {
            this.part = part;
        }

        @Override
        public Column over(BatchMemory memory) {
            if (made == null) {
                made = part.over(memory);
            }
            return made;
        }
    }
}
