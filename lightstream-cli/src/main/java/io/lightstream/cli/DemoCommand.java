package io.lightstream.cli;

import io.lightstream.cli.trips.Trips;
import io.lightstream.codec.TextTable;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        header = "Stream a table of ten million trips between two processes, over TCP and a Unix socket.",
        description = {
            "",
            "A second process sends the table twice over each: the first time every value and the alignment of every buffer"
                    + " is checked on arrival, the second time it comes as fast as it can."
        },
        footer = {"", "Examples:", "  lightstream demo", "  lightstream demo --rows 50000000"})
final class DemoCommand implements Callable<Integer> {
    private static final int SHOWN_ROWS = 5;
    private static final int CELL_WIDTH = 28;

    private final Shell shell;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "10000000",
            description = "Rows of the table. Default: ${DEFAULT-VALUE}.")
    private long rows;

    DemoCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        if (rows < 1) {
            throw new UsageException("--rows: expected 1 or more, found " + rows);
        }
        long start = System.nanoTime();
        Writer out = shell.text();
        try (ScratchFolder folder = ScratchFolder.create();
                LightstreamMemory memory = LightstreamMemory.create()) {
            showTable(memory, out);
            List<DemoTransfer.Result> results = new ArrayList<>();
            for (String uri : List.of("tcp://127.0.0.1:0", "unix://" + folder.resolve("demo.sock"))) {
                results.add(new DemoTransfer(shell, memory, rows).run(uri));
            }
            showResults(results, System.nanoTime() - start, out);
        }
        return ExitCode.DONE;
    }

    private void showTable(LightstreamMemory memory, Writer out) throws IOException {
        try (Trips trips = new Trips(memory, Math.min(rows, SHOWN_ROWS))) {
            TextTable table = new TextTable(
                    trips.schema(),
                    new TextTable.Options(SHOWN_ROWS, shell.width().getAsInt(), CELL_WIDTH));
            while (trips.next()) {
                table.add(trips.batch());
            }
            out.write(table.render(rows) + "\n\n");
            out.flush();
        }
    }

    private static void showResults(List<DemoTransfer.Result> results, long nanos, Writer out) throws IOException {
        String form = "%-10s  %12s  %9s  %12s  %14s  %12s  %14s%n";
        out.write(line("%35s  %28s  %28s%n", "", "every value checked", "at full speed"));
        out.write(line(form, "transport", "rows", "bytes", "bytes/s", "rows/s", "bytes/s", "rows/s"));
        for (DemoTransfer.Result result : results) {
            out.write(line(
                    form,
                    result.transport(),
                    Amounts.count(result.rows()),
                    Amounts.bytes((double) result.bytes()),
                    Amounts.rate((double) result.bytes(), (double) result.checkedNanos() / 1e9),
                    Amounts.count(perSecond(result.rows(), result.checkedNanos())),
                    Amounts.rate((double) result.bytes(), (double) result.fastNanos() / 1e9),
                    Amounts.count(perSecond(result.rows(), result.fastNanos()))));
        }
        long direct =
                results.stream().mapToLong(DemoTransfer.Result::directBytes).sum();
        long copied =
                results.stream().mapToLong(DemoTransfer.Result::copiedBytes).sum();
        out.write(line(
                "%nEvery value arrived as it was sent, every buffer on a 64-byte boundary; %.2f %% of the bytes were read%n"
                        + "from the socket straight to their place. It took %.1f s.%n",
                100.0 * (double) direct / Math.max(1, direct + copied), nanos / 1e9));
        out.flush();
    }

    private static long perSecond(long count, long nanos) {
        return Math.round((double) count * 1e9 / nanos);
    }

    private static String line(String form, Object... values) {
        return String.format(Locale.ROOT, form, values).replaceAll("[ \t]+(?=\\R)", "");
    }
}
