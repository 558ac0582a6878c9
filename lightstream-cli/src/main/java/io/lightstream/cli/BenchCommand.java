package io.lightstream.cli;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "bench",
        header = "Measure how fast a source streams between two threads of this process.",
        description = {
            "",
            "The source is read into memory first, as far as it fits --size, and sent again and again. Prints TSV:"
                    + " transport, batches, rows, bytes, seconds, GB/s, rows/s. For comparisons with other libraries, see"
                    + " benchmarks/compare."
        },
        footer = {
            "",
            "Examples:",
            "  lightstream bench",
            "  lightstream bench --transport unix --seconds 10 trips.arrow",
            "  lightstream bench --compression lz4 trips:1000000"
        })
final class BenchCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(
            arity = "0..1",
            paramLabel = "SRC",
            defaultValue = "trips:1048576",
            description = "A file, a URI, - for standard input, or trips:ROWS. Default: ${DEFAULT-VALUE}.")
    private String source = "trips:1048576";

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "tcp,unix",
            description = "tcp, unix or both. Default: ${DEFAULT-VALUE}.")
    private List<String> transports = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "2",
            description = "How long each is measured, after as long to warm up. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            defaultValue = "256m",
            converter = MemorySize.Converter.class,
            description = "As much of the source as is kept in memory. Default: ${DEFAULT-VALUE}.")
    private MemorySize size = new MemorySize(256 << 20);

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Mixin
    private CompressionOption compression = new CompressionOption();

    @Mixin
    private MemoryLimit limit = new MemoryLimit();

    BenchCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        if (seconds < 1) {
            throw new UsageException("--seconds: expected 1 or more, found " + seconds);
        }
        try (ScratchFolder folder = ScratchFolder.create();
                LightstreamMemory memory = limit.create()) {
            measure(memory, folder);
        }
        return ExitCode.DONE;
    }

    private void measure(LightstreamMemory memory, ScratchFolder folder) throws IOException {
        List<RecordBatch> batches = new ArrayList<>();
        try (BatchReader reader = new Sources(shell, memory, reading).open(source)) {
            long bytes = 0;
            while (bytes < size.bytes() && reader.next()) {
                batches.add(reader.batch().take(memory.allocator()));
                bytes += Transfer.bytes(reader.batch());
            }
            Writer out = shell.text();
            out.write("transport\tbatches\trows\tbytes\tseconds\tGB/s\trows/s\n");
            for (String transport : transports) {
                Loopback loopback = new Loopback(memory, reader.schema(), batches, compression.of());
                loopback.run(uri(transport, folder), seconds);
                print(transport, loopback.run(uri(transport, folder), seconds), out);
            }
        } finally {
            batches.forEach(RecordBatch::close);
        }
    }

    private static String uri(String transport, ScratchFolder folder) {
        return switch (transport) {
            case "tcp" -> "tcp://127.0.0.1:0";
            case "unix" -> "unix://" + folder.resolve("bench.sock");
            default -> throw new UsageException("--transport: expected tcp or unix, found '" + transport + "'");
        };
    }

    private static void print(String transport, Loopback.Result result, Writer out) throws IOException {
        double elapsed = (double) result.nanos() / 1e9;
        out.write(String.format(
                Locale.ROOT,
                "%s\t%d\t%d\t%d\t%.3f\t%.3f\t%.0f%n",
                transport,
                result.batches(),
                result.rows(),
                result.bytes(),
                elapsed,
                (double) result.bytes() / 1e9 / elapsed,
                (double) result.rows() / elapsed));
        out.flush();
    }
}
