package io.lightstream.cli;

import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.memory.MemoryOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much memory batches may take. */
final class MemoryLimit {
    @Option(
            names = "--limit-memory",
            paramLabel = "BYTES",
            converter = MemorySize.Converter.class,
            description =
                    "Most memory for batches, such as 256m or 2g. More is an error. By default what the JVM allows.")
    private @Nullable MemorySize limit;

    /** Memory of this process; the caller closes it. */
    LightstreamMemory create() {
        MemoryOptions options = MemoryOptions.defaults();
        return LightstreamMemory.create(limit == null ? options : options.withMaxBytes(limit.bytes()));
    }
}
