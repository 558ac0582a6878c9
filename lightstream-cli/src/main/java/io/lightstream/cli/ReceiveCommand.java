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
        name = "receive",
        header = "Receive a stream from a peer: into a file, or to standard output.",
        footer = {
            "",
            "Examples:",
            "  lightstream receive --listen tcp://0.0.0.0:9000 trips.arrow",
            "  lightstream receive unix:///tmp/trips.sock",
            "  lightstream receive tcp://localhost:9000 | lightstream head -"
        })
final class ReceiveCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(index = "0", paramLabel = "URI", description = "The peer.")
    private String uri = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DST",
            defaultValue = "-",
            description = "A file, a URI, or - for standard output, the default: a table on a terminal, else a stream.")
    private String target = "-";

    @Option(names = "--listen", description = "Wait for one peer at URI instead of connecting to it.")
    private boolean listen;

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Mixin
    private WritingOptions writing = new WritingOptions();

    @Mixin
    private MemoryLimit limit = new MemoryLimit();

    ReceiveCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        try (LightstreamMemory memory = limit.create()) {
            Sinks sinks = new Sinks(shell, memory, writing);
            sinks.check(target);
            Formats.requireStream("--from", reading.from());
            try (Peer peer = Peer.one(uri, listen, memory, shell);
                    BatchReader batches = open(peer)) {
                if (Location.of(target) instanceof Location.Standard) {
                    new Printer(shell, memory, writing).print(batches, Long.MAX_VALUE);
                } else {
                    write(batches, sinks);
                }
            }
        }
        return ExitCode.DONE;
    }

    private BatchReader open(Peer peer) throws IOException {
        try {
            return peer.connection().reader(reading.of(peer.connection().name()));
        } catch (IllegalArgumentException e) {
            throw UsageException.of(uri, e);
        }
    }

    private void write(BatchReader batches, Sinks sinks) throws IOException {
        try (Sink sink = sinks.create(target, batches.schema());
                Progress progress = Progress.of(shell, target, -1)) {
            Transfer.copy(batches, sink, Long.MAX_VALUE, progress);
            sink.finish();
        }
    }
}
