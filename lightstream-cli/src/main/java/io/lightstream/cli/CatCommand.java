package io.lightstream.cli;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "cat",
        header = "Print batches: as a table on a terminal, as an Arrow stream into a pipe.",
        footer = {
            "",
            "Examples:",
            "  lightstream cat trips.arrow",
            "  lightstream cat monday.arrow tuesday.arrows | lightstream head -",
            "  lightstream cat --to json -c id,name trips.arrow > trips.json"
        })
final class CatCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(
            arity = "1..*",
            paramLabel = "SRC",
            description = "Files, URIs, or - for standard input. Several of one schema come one after the other.")
    private List<String> sources = List.of();

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
        try (LightstreamMemory memory = limit.create();
                BatchReader batches = new Sources(shell, memory, reading).openAll(sources)) {
            new Printer(shell, memory, writing).print(batches, Long.MAX_VALUE);
        }
        return ExitCode.DONE;
    }
}
