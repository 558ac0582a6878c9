package io.lightstream.codec.ipc;

import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.Validation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How Arrow IPC is read. Immutable.
 *
 * @param source name of the input in errors, such as {@code tcp://host:9000} or a path
 * @param limits bounds on what the input may ask for
 * @param validation how much of the values is checked
 * @param columns top-level columns to read, in the order in which they are handed out; all where absent
 */
public record IpcReadOptions(String source, ReadLimits limits, Validation validation, Optional<List<String>> columns) {
    private static final IpcReadOptions DEFAULTS =
            new IpcReadOptions("stream", ReadLimits.defaults(), Validation.FULL, Optional.empty());

    public IpcReadOptions {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(validation, "validation");
        columns = columns.isEmpty() ? columns : Optional.of(List.copyOf(columns.get()));
    }

    /** A source called "stream", the default limits, {@link Validation#FULL}, all columns. */
    public static IpcReadOptions defaults() {
        return DEFAULTS;
    }

    /** These options with another name of the input. */
    public IpcReadOptions withSource(String name) {
        return new IpcReadOptions(name, limits, validation, columns);
    }

    /** These options with other limits. */
    public IpcReadOptions withLimits(ReadLimits newLimits) {
        return new IpcReadOptions(source, newLimits, validation, columns);
    }

    /** These options with another validation. */
    public IpcReadOptions withValidation(Validation newValidation) {
        return new IpcReadOptions(source, limits, newValidation, columns);
    }

    /**
     * These options for some columns only. The bodies of the others are not read from a seekable source and are skipped on a
     * stream. A name that the schema of the input does not have, or has twice, is a {@link
     * io.lightstream.codec.ColumnSelectionException} where that schema is read.
     */
    public IpcReadOptions withColumns(String... names) {
        return new IpcReadOptions(source, limits, validation, Optional.of(List.of(names)));
    }
}
