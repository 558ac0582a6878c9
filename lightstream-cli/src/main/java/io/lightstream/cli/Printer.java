package io.lightstream.cli;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;

/** Prints batches to standard output: a table for people, a stream for programs, or the format that was asked for. */
final class Printer {
    private final Shell shell;
    private final LightstreamMemory memory;
    private final WritingOptions writing;

    Printer(Shell shell, LightstreamMemory memory, WritingOptions writing) {
        this.shell = shell;
        this.memory = memory;
        this.writing = writing;
    }

    /** Fails now rather than after connecting or reading, where there is no such format. */
    Printer check() throws IOException {
        new Sinks(shell, memory, writing).check("-");
        return this;
    }

    void print(BatchReader batches, long maxRows) throws IOException {
        if (writing.to() == null && shell.outputIsTerminal().getAsBoolean()) {
            new TablePrinter(shell).print(batches, maxRows);
            return;
        }
        try (Sink sink = new Sinks(shell, memory, writing).create("-", batches.schema());
                Progress progress = Progress.of(shell, "", -1)) {
            Transfer.copy(batches, sink, maxRows, progress);
            sink.finish();
        }
    }

    /** Prints each batch as soon as it comes. */
    void follow(BatchReader batches) throws IOException {
        if (writing.to() == null && shell.outputIsTerminal().getAsBoolean()) {
            new TablePrinter(shell).follow(batches);
            return;
        }
        try (Sink sink = new Sinks(shell, memory, writing).create("-", batches.schema())) {
            Transfer.copy(batches, sink, Long.MAX_VALUE, Progress.none());
            sink.finish();
        }
    }
}
