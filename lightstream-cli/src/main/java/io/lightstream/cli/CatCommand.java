package io.lightstream.cli;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.mmap.follow.FollowedStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "cat",
        header = "Print batches: as a table on a terminal, as an Arrow stream into a pipe.",
        footer = {
            "",
            "Examples:",
            "  lightstream cat trips.arrow",
            "  lightstream cat monday.arrow tuesday.arrows | lightstream head -",
            "  lightstream cat --to json -c id,name trips.arrow > trips.json",
            "  lightstream cat --follow growing.arrows"
        })
final class CatCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(
            arity = "1..*",
            paramLabel = "SRC",
            description = "Files, URIs, or - for standard input. Several of one schema come one after the other.")
    private List<String> sources = List.of();

    @Option(
            names = {"-f", "--follow"},
            description = "Wait for what another process appends to an Arrow stream in a file, until the stream ends or"
                    + " Ctrl-C. One file; where it is renamed, replaced, removed or truncated, the exit code is 4.")
    private boolean follow;

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Mixin
    private WritingOptions writing = new WritingOptions();

    @Mixin
    private MemoryLimit limit = new MemoryLimit();

    CatCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        if (follow) {
            follow();
        } else {
            print();
        }
        return ExitCode.DONE;
    }

    private void print() throws IOException {
        try (LightstreamMemory memory = limit.create()) {
            Printer printer = new Printer(shell, memory, writing).check();
            try (BatchReader batches = new Sources(shell, memory, reading).openAll(sources)) {
                printer.print(batches, Long.MAX_VALUE);
            }
        }
    }

    private void follow() throws IOException {
        if (sources.size() > 1) {
            throw new UsageException("--follow: expected one file, found " + sources.size() + " sources");
        }
        try (EndOnSignal signal = EndOnSignal.register();
                LightstreamMemory memory = limit.create();
                FollowedStream batches = new Sources(shell, memory, reading).follow(sources.get(0))) {
            signal.stops(batches);
            new Printer(shell, memory, writing).follow(batches);
            signal.ended();
        }
    }
}
