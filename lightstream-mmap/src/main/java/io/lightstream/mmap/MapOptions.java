package io.lightstream.mmap;

import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.Validation;
import io.lightstream.codec.ipc.IpcReadOptions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How files are mapped. Immutable.
 *
 * @param limits bounds on what a file may ask for
 * @param validation how much of the values is checked when a batch is made
 * @param columns top-level columns to make, in the order in which they are handed out; all where absent
 * @param realign whether buffers that do not start on a 64-byte boundary are copied to one. Otherwise they are used as they
 *     lie, on the boundary of 8 bytes that the format demands; {@link io.lightstream.codec.RecordBatch#aligned()} tells
 */
public record MapOptions(ReadLimits limits, Validation validation, Optional<List<String>> columns, boolean realign) {
    private static final MapOptions DEFAULTS =
            new MapOptions(ReadLimits.defaults(), Validation.STRUCTURE, Optional.empty(), false);

    public MapOptions {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(validation, "validation");
        columns = columns.isEmpty() ? columns : Optional.of(List.copyOf(columns.get()));
    }

    /**
     * The default limits, all columns, nothing realigned, and {@link Validation#STRUCTURE}: any further check would read every
     * page of the columns. Values that lead out of their buffers are noticed where they are asked for by row then; who follows
     * the offsets of an untrusted file himself maps it with {@link Validation#FULL}.
     */
    public static MapOptions defaults() {
        return DEFAULTS;
    }

    /** These options with other limits. */
    public MapOptions withLimits(ReadLimits newLimits) {
        return new MapOptions(newLimits, validation, columns, realign);
    }

    /** These options with another validation. */
    public MapOptions withValidation(Validation newValidation) {
        return new MapOptions(limits, newValidation, columns, realign);
    }

    /** These options for some columns only. An unknown name is a {@link io.lightstream.codec.ColumnSelectionException}. */
    public MapOptions withColumns(String... names) {
        return new MapOptions(limits, validation, Optional.of(List.of(names)), realign);
    }

    /** These options with or without copies of what is not on a 64-byte boundary. */
    public MapOptions withRealign(boolean copies) {
        return new MapOptions(limits, validation, columns, copies);
    }

    IpcReadOptions asReadOptions(String source) {
        return new IpcReadOptions(source, limits, validation, columns);
    }
}
