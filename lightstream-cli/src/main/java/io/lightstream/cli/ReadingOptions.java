package io.lightstream.cli;

import io.lightstream.codec.Validation;
import io.lightstream.codec.ipc.IpcReadOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of all commands that read batches. */
final class ReadingOptions {
    @Option(
            names = "--from",
            paramLabel = "FORMAT",
            description =
                    "Format of the source: arrow, arrows (stream) or json. By default what its first bytes tell, then"
                            + " its name, then arrows.")
    private @Nullable String from;

    @Option(
            names = {"-c", "--columns"},
            paramLabel = "NAME",
            split = ",",
            description = "Only these columns, in this order. The bytes of the others are not read.")
    private @Nullable List<String> columns;

    @Option(
            names = "--validation",
            paramLabel = "LEVEL",
            converter = ValidationConverter.class,
            description = "What is checked: structure, full (everything that could lead a reader out of bounds) or"
                    + " full-utf8 (text, and whatever is said twice, as well). By default full; full-utf8 where"
                    + " validate reads.")
    private Validation validation;

    ReadingOptions() {
        this(Validation.FULL);
    }

    /** Options of a command that checks this much unless told otherwise. */
    ReadingOptions(Validation validation) {
        this.validation = validation;
    }

    @Nullable
    String from() {
        return from;
    }

    boolean hasColumns() {
        return columns != null;
    }

    /** How to read {@code source}. */
    IpcReadOptions of(String source) {
        IpcReadOptions options = IpcReadOptions.defaults().withSource(source).withValidation(validation);
        return columns == null ? options : options.withColumns(columns.toArray(String[]::new));
    }
}
