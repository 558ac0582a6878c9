package io.lightstream.cli;

import io.lightstream.codec.ipc.IpcWriteOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of all commands that write batches. */
final class WritingOptions {
    @Option(
            names = "--to",
            paramLabel = "FORMAT",
            description =
                    "Format that is written: arrow, arrows (stream) or json. By default what the name of the file tells;"
                            + " arrows on a connection or pipe.")
    private @Nullable String to;

    @Mixin
    private CompressionOption compression = new CompressionOption();

    @Option(
            names = "--deltas",
            description =
                    "Send only what is new of a dictionary that grew. Some readers (polars, nanoarrow) do not know deltas.")
    private boolean deltas;

    @Nullable
    String to() {
        return to;
    }

    IpcWriteOptions of(String sink) {
        return compression.of().withSink(sink).withDictionaryDeltas(deltas);
    }

    boolean isPlain() {
        return compression.isNone() && !deltas;
    }
}
