package io.lightstream.cli;

import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.Connection;
import io.lightstream.transport.Server;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "serve",
        header = "Send a source to every peer that connects, until it is stopped.",
        customSynopsis = "lightstream serve [OPTIONS] SRC... URI",
        footer = {
            "",
            "Examples:",
            "  lightstream serve trips.arrow tcp://0.0.0.0:9000",
            "  lightstream serve --peers 3 monday.arrow tuesday.arrow unix:///tmp/trips.sock",
            "  lightstream serve trips.arrow 'tcp://0.0.0.0:9000?maxConnections=100&writeTimeout=1m'"
        })
final class ServeCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(
            arity = "2..*",
            paramLabel = "SRC... URI",
            hideParamSyntax = true,
            description =
                    "Files, opened anew for each peer; several of one schema go as one stream. Then where to listen.")
    private List<String> arguments = List.of();

    @Option(
            names = "--peers",
            paramLabel = "N",
            description = "Stop when N peers have been served. By default only Ctrl-C stops.")
    private long peers = Long.MAX_VALUE;

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Mixin
    private WritingOptions writing = new WritingOptions();

    @Mixin
    private MemoryLimit limit = new MemoryLimit();

    private final AtomicLong started = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    /** The highest exit code that a peer's source has come to. */
    private final AtomicInteger worst = new AtomicInteger(ExitCode.DONE);

    ServeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        if (peers < 1) {
            throw new UsageException("--peers: expected 1 or more, found " + peers);
        }
        String uri = arguments.get(arguments.size() - 1);
        List<String> sources = arguments.subList(0, arguments.size() - 1);
        Peer.requirePeer(uri);
        requireFiles(sources);
        try (LightstreamMemory memory = limit.create()) {
            new Sinks(shell, memory, writing).check(uri);
            // What is wrong with the first source should be known now, not to the first peer.
            new Sources(shell, memory, reading).open(sources.get(0)).close();
            try (Listening listening = Listening.on(uri, memory, shell)) {
                Server server = listening.server();
                server.serve(connection -> serve(connection, server, sources, memory));
            }
        }
        return worst.get();
    }

    private void serve(Connection connection, Server server, List<String> sources, LightstreamMemory memory)
            throws IOException {
        if (started.incrementAndGet() > peers) {
            return;
        }
        try {
            send(connection, sources, memory);
        } finally {
            if (ended.incrementAndGet() == peers) {
                server.close();
            }
        }
    }

    private void send(Connection connection, List<String> sources, LightstreamMemory memory) throws IOException {
        WatchedReader batches = open(sources, memory);
        try (batches;
                Sink sink = new Sinks(shell, memory, writing).to(connection, batches.schema())) {
            Transfer.copy(batches, sink, Long.MAX_VALUE, Progress.none());
            sink.finish();
        } catch (IOException | RuntimeException | Error e) {
            // That a peer has seen enough is no failure of this command.
            if (batches.hasFailed() || Failures.exitCode(e) != ExitCode.IO) {
                failed(e);
            }
            throw e;
        }
    }

    private WatchedReader open(List<String> sources, LightstreamMemory memory) throws IOException {
        try {
            return new WatchedReader(new Sources(shell, memory, reading).openAll(sources));
        } catch (IOException | RuntimeException | Error e) {
            failed(e);
            throw e;
        }
    }

    /** The server tells of it and goes on. */
    private void failed(Throwable failure) {
        worst.accumulateAndGet(Failures.exitCode(failure), Math::max);
    }

    private static void requireFiles(List<String> sources) {
        for (String source : sources) {
            if (!(Location.of(source) instanceof Location.File)) {
                throw new UsageException(
                        "'" + source + "': expected a file, which each peer can be sent from the start");
            }
        }
    }
}
