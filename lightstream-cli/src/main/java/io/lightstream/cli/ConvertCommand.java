package io.lightstream.cli;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "convert",
        header = "Write a source in another format, with other compression, or with fewer columns.",
        footer = {
            "",
            "Examples:",
            "  lightstream convert trips.arrow trips.arrows",
            "  lightstream convert --compression zstd:3 trips.arrows trips.arrow",
            "  lightstream convert trips.arrow trips.json"
        })
final class ConvertCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(index = "0", paramLabel = "SRC", description = "A file, a URI, or - for standard input.")
    private String source = "-";

    @Parameters(index = "1", paramLabel = "DST", description = "A file, a URI, or - for standard output.")
    private String target = "-";

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Mixin
    private WritingOptions writing = new WritingOptions();

    @Mixin
    private MemoryLimit limit = new MemoryLimit();

    ConvertCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        try (LightstreamMemory memory = limit.create()) {
            Sinks sinks = new Sinks(shell, memory, writing);
            sinks.check(target);
            try (BatchReader batches = new Sources(shell, memory, reading).open(source);
                    Sink sink = sinks.create(target, batches.schema());
                    Progress progress = Progress.of(shell, target, -1)) {
                Transfer.copy(batches, sink, Long.MAX_VALUE, progress);
                sink.finish();
            }
        }
        return ExitCode.DONE;
    }
}
