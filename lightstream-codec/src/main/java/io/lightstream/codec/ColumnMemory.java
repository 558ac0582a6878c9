package io.lightstream.codec;

import io.lightstream.codec.memory.BatchMemory;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The memory that columns point into, down to their children and dictionaries, each once. */
final class ColumnMemory {
    private static final BatchMemory[] NONE = {};

    private ColumnMemory() {}

    /**
     * Adds a reference to each memory, which the caller gives up.
     *
     * @throws IllegalStateException if one was given up already; no reference is held then
     */
    static BatchMemory[] retain(List<Column> columns) {
        Set<BatchMemory> found = Collections.newSetFromMap(new IdentityHashMap<>());
        columns.forEach(column -> collect(column, found));
        BatchMemory[] memories = found.toArray(NONE);
        int retained = 0;
        try {
            for (; retained < memories.length; retained++) {
                memories[retained].retain();
            }
            return memories;
        } catch (RuntimeException | Error e) {
            for (int i = 0; i < retained; i++) {
                memories[i].release();
            }
            throw e;
        }
    }

    private static void collect(Column column, Set<BatchMemory> found) {
        ColumnData data = column.data();
        found.add(data.memory());
        data.children().forEach(child -> collect(child, found));
        data.dictionary().ifPresent(values -> collect(values, found));
    }
}
