package io.lightstream.mmap;

import java.util.Objects;

/**
 * How many files are mapped as one. Immutable.
 *
 * @param map how each is mapped
 * @param maxOpen how many files the dataset keeps open and mapped at one time, at least 1
 */
public record DatasetOptions(MapOptions map, int maxOpen) {
    private static final DatasetOptions DEFAULTS = new DatasetOptions(MapOptions.defaults(), 64);

    public DatasetOptions {
        Objects.requireNonNull(map, "map");
        if (maxOpen < 1) {
            throw new IllegalArgumentException("maxOpen: expected 1 or more, found " + maxOpen);
        }
    }

    /** {@link MapOptions#defaults()}, and 64 files. */
    public static DatasetOptions defaults() {
        return DEFAULTS;
    }

    /** These options with other ones for each file. */
    public DatasetOptions withMap(MapOptions options) {
        return new DatasetOptions(options, maxOpen);
    }

    /** These options with another number of files. */
    public DatasetOptions withMaxOpen(int files) {
        return new DatasetOptions(map, files);
    }
}
