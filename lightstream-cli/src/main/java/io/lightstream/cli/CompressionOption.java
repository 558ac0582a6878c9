package io.lightstream.cli;

import io.lightstream.codec.ipc.Compression;
import io.lightstream.codec.ipc.IpcWriteOptions;
import picocli.CommandLine.Option;

/** How the bodies of messages are compressed. */
final class CompressionOption {
    @Option(
            names = "--compression",
            paramLabel = "CODEC",
            defaultValue = "none",
            converter = CompressionConverter.class,
            description = "Compression of bodies: none, lz4, zstd or zstd:LEVEL. Default: ${DEFAULT-VALUE}.")
    private Compression compression = Compression.NONE;

    IpcWriteOptions of() {
        return IpcWriteOptions.defaults().withCompression(compression);
    }

    boolean isNone() {
        return compression.equals(Compression.NONE);
    }
}
