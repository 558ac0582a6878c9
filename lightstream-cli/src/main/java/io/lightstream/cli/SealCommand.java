package io.lightstream.cli;

import io.lightstream.codec.ipc.Compression;
import io.lightstream.codec.ipc.DictionaryPolicy;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcSealOptions;
import io.lightstream.codec.ipc.IpcStreamSeal;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "seal",
        header = "Make an Arrow file of a stream in a file, for good.",
        footer = {
            "",
            "Unlike convert, this keeps the compression, can drop what a killed writer left at the end, and",
            "waits until the file is on the device before it gets its name. STREAM and FILE may be the same.",
            "",
            "Examples:",
            "  lightstream seal log.arrows log.arrow",
            "  lightstream seal --cut --compression zstd:3 log.arrows log.arrow"
        })
final class SealCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "STREAM", description = "A file that holds an Arrow stream.")
    private String stream = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "The Arrow file; replaced where it exists.")
    private String file = "";

    @Option(names = "--cut", description = "Drop a message at the end that is not whole, rather than fail.")
    private boolean cut;

    @Option(
            names = "--compression",
            paramLabel = "CODEC",
            converter = CompressionConverter.class,
            description = "Compression of bodies: none, lz4, zstd or zstd:LEVEL. By default that of the stream.")
    private @Nullable Compression compression;

    @Mixin
    private MemoryLimit limit = new MemoryLimit();

    @Override
    public Integer call() throws IOException {
        Path source = path(stream);
        Path target = path(file);
        IpcSealOptions options = new IpcSealOptions(
                IpcReadOptions.defaults().withSource(source.toString()),
                Optional.ofNullable(compression),
                DictionaryPolicy.UNIFY,
                cut);
        try (LightstreamMemory memory = limit.create()) {
            IpcStreamSeal.seal(source, target, memory.allocator(), options);
        }
        return ExitCode.DONE;
    }

    private static Path path(String text) throws IOException {
        if (!(Location.of(text) instanceof Location.File location)) {
            throw new UsageException("'" + text + "': expected a file");
        }
        if (Files.isDirectory(location.path())) {
            throw new FileSystemException(text, null, "is a directory");
        }
        return location.path();
    }
}
