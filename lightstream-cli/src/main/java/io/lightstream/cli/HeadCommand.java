package io.lightstream.cli;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "head",
        header = "Print the first rows.",
        footer = {
            "",
            "Examples:",
            "  lightstream head trips.arrow",
            "  lightstream head -n 3 -c id,fare tcp://localhost:9000",
            "  lightstream cat trips.arrow | lightstream head -"
        })
final class HeadCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(arity = "1", paramLabel = "SRC", description = "A file, a URI, or - for standard input.")
    private String source = "-";

    @Option(
            names = {"-n", "--rows"},
            paramLabel = "N",
            defaultValue = "10",
            description = "How many rows. Default: ${DEFAULT-VALUE}.")
    private long rows;

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Mixin
    private WritingOptions writing = new WritingOptions();

    @Mixin
    private MemoryLimit limit = new MemoryLimit();

    HeadCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        if (rows < 0) {
            throw new UsageException("-n: expected 0 or more rows, found " + rows);
        }
        try (LightstreamMemory memory = limit.create()) {
            Printer printer = new Printer(shell, memory, writing).check();
            try (BatchReader batches = new Sources(shell, memory, reading).open(source)) {
                printer.print(batches, rows);
            }
        }
        return ExitCode.DONE;
    }
}
