package io.lightstream.cli;

import io.lightstream.cli.inspect.Inspection;
import io.lightstream.cli.inspect.Inspector;
import io.lightstream.cli.inspect.Report;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.Connection;
import io.lightstream.transport.Lightstream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "inspect",
        header = "Show the schema and where each message lies, from metadata alone.",
        footer = {
            "",
            "A table on a terminal; elsewhere lines of parts separated by tabs, the first of which says what it is.",
            "",
            "Examples:",
            "  lightstream inspect trips.arrow",
            "  lightstream inspect --json trips.arrows",
            "  lightstream inspect trips.arrow | awk -F '\\t' '$1 == \"message\" { print $4, $7 }'"
        })
final class InspectCommand implements Callable<Integer> {
    private final Shell shell;
    private final Inspector inspector = new Inspector(ReadLimits.defaults());

    @Parameters(
            arity = "1",
            paramLabel = "SRC",
            description = "An Arrow file or stream, a URI, or - for standard input.")
    private String source = "-";

    @Option(
            names = "--from",
            paramLabel = "FORMAT",
            description = "arrow or arrows (stream). By default what the first bytes tell, then the name, then arrows.")
    private @Nullable String from;

    @ArgGroup(exclusive = true)
    private @Nullable Layout layout;

    /** How it is printed, whatever standard output is. */
    static final class Layout {
        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        @SuppressWarnings("UnusedVariable") // what is left when the others are not asked for
        @Option(names = "--tsv", description = "Print lines of parts separated by tabs.")
        private boolean tsv;

        @Option(names = "--table", description = "Print a table.")
        private boolean table;

        Report report() {
            if (json) {
                return Report.json();
            }
            return table ? Report.table() : Report.tsv();
        }
    }

    InspectCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        Inspection inspection = inspect();
        Layout asked = layout;
        Report usual = shell.outputIsTerminal().getAsBoolean() ? Report.table() : Report.tsv();
        (asked == null ? usual : asked.report()).print(inspection, shell.text());
        return ExitCode.DONE;
    }

    private Inspection inspect() throws IOException {
        Location location = Location.of(source);
        if (location instanceof Location.Peer peer) {
            Formats.requireStream("--from", from);
            return inspectPeer(peer.uri());
        }
        if (location instanceof Location.File file) {
            try (FileChannel channel = Sources.channel(file.path())) {
                return inspect(channel, file.path());
            }
        }
        if (location instanceof Location.Made) {
            throw new UsageException("'" + source + "': expected something that has bytes, found a table that is made");
        }
        return inspect(shell.input(), null);
    }

    private Inspection inspectPeer(String uri) throws IOException {
        try (LightstreamMemory memory = LightstreamMemory.create();
                Connection connection = Lightstream.connect(uri, memory)) {
            return inspector.stream(connection.input(), uri, false);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e);
        }
    }

    private Inspection inspect(ReadableByteChannel channel, @Nullable Path path) throws IOException {
        boolean seekable = Spool.isSeekable(channel);
        ByteBuffer head = Formats.head(channel);
        String format = new Formats().ofSource(from, head, path).name();
        if (!Formats.ARROW.contains(format)) {
            throw new UsageException("[" + source + "] format: expected one of " + Formats.ARROW + ", found " + format);
        }
        if (seekable) {
            SeekableByteChannel file = (SeekableByteChannel) channel;
            file.position(file.position() - head.remaining());
        }
        ReadableByteChannel whole = seekable ? channel : new HeadFirst(head, channel);
        if (format.equals(Formats.STREAM)) {
            return inspector.stream(whole, source, seekable);
        }
        try (SeekableByteChannel file = seekable ? (SeekableByteChannel) channel : Spool.of(whole)) {
            return inspector.file(file, source);
        }
    }
}
