package io.lightstream.codec.internal.body;

import io.lightstream.codec.schema.Schema;

/**
 * Which top-level columns of a schema are read, in the order in which they are handed out.
 *
 * <p>Immutable.
 */
public final class Projection {
    private final int[] sources;
    private final boolean[] wanted;
    private final Schema schema;

    private Projection(Schema full, int[] sources) {
        this.sources = sources;
        this.wanted = new boolean[full.columnCount()];
        for (int source : sources) {
            wanted[source] = true;
        }
        this.schema = full.select(sources);
    }

    /** All columns. */
    public static Projection all(Schema full) {
        int[] sources = new int[full.columnCount()];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = i;
        }
        return new Projection(full, sources);
    }

    /** The columns at {@code indexes} of the full schema. */
    public static Projection of(Schema full, int... indexes) {
        return new Projection(full, indexes.clone());
    }

    /** Schema of what is handed out. */
    public Schema schema() {
        return schema;
    }

    /** Index in the full schema of column {@code index} of what is handed out. */
    int source(int index) {
        return sources[index];
    }

    /** Whether column {@code source} of the full schema is read. */
    boolean wants(int source) {
        return wanted[source];
    }
}
