package io.lightstream.cli;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "send",
        header = "Send a source to a peer, as a plain Arrow IPC stream.",
        customSynopsis = "lightstream send [OPTIONS] SRC... URI",
        footer = {
            "",
            "Examples:",
            "  lightstream send trips.arrow tcp://localhost:9000",
            "  lightstream send --listen trips.arrow unix:///tmp/trips.sock",
            "  lightstream send --compression lz4 trips.arrow tcp://far.example:9000?writeTimeout=30s"
        })
final class SendCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(
            arity = "2..*",
            paramLabel = "SRC... URI",
            hideParamSyntax = true,
            description =
                    "Files, URIs, or - for standard input; several of one schema go as one stream. Then the peer.")
    private List<String> arguments = List.of();

    @Option(names = "--listen", description = "Wait for one peer at URI instead of connecting to it.")
    private boolean listen;

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Mixin
    private WritingOptions writing = new WritingOptions();

    @Mixin
    private MemoryLimit limit = new MemoryLimit();

    SendCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        String uri = arguments.get(arguments.size() - 1);
        Peer.requirePeer(uri);
        try (LightstreamMemory memory = limit.create()) {
            Sinks sinks = new Sinks(shell, memory, writing);
            sinks.check(uri);
            List<String> sources = arguments.subList(0, arguments.size() - 1);
            try (BatchReader batches = new Sources(shell, memory, reading).openAll(sources);
                    Peer peer = Peer.one(uri, listen, memory, shell);
                    Sink sink = sinks.to(peer.connection(), batches.schema());
                    Progress progress = Progress.of(shell, uri, -1)) {
                Transfer.copy(batches, sink, Long.MAX_VALUE, progress);
                sink.finish();
            }
        }
        return ExitCode.DONE;
    }
}
