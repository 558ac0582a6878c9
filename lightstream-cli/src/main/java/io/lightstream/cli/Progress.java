package io.lightstream.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * One line on standard error that says how far a transfer is; nothing at all where standard error is no terminal.
 *
 * <pre>
 * trips.arrow  [##########----------]  50 %  5,000,000 rows  2.1 GB/s
 * </pre>
 */
final class Progress implements AutoCloseable {
    private static final long INTERVAL_NANOS = 100_000_000;
    private static final int BAR_CELLS = 24;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream error;
    private final boolean shown;
    private final String label;
    private final long totalRows;
    private final LongSupplier nanos;
    private final long start;
    private long nextNanos;
    private long rows;
    private long bytes;
    private boolean drawn;

    /** A line that begins with {@code label}; without a bar where {@code totalRows} is negative, for not being known. */
    static Progress of(Shell shell, String label, long totalRows) {
        return new Progress(shell.error(), shell.errorIsTerminal().getAsBoolean(), label, totalRows, System::nanoTime);
    }

    /** One that is never seen. */
    static Progress none() {
        return new Progress(System.err, false, "", -1, System::nanoTime);
    }

    /** {@link #of}, with a clock. */
    Progress(PrintStream error, boolean shown, String label, long totalRows, LongSupplier nanos) {
        this.error = error;
        this.shown = shown;
        this.label = label;
        this.totalRows = totalRows;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.nextNanos = start + INTERVAL_NANOS;
    }

    /** Takes note of a batch. */
    void add(long moreRows, long moreBytes) {
        rows += moreRows;
        bytes += moreBytes;
        if (shown && nanos.getAsLong() - nextNanos >= 0) {
            draw();
            nextNanos = nanos.getAsLong() + INTERVAL_NANOS;
        }
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    private void draw() {
        double seconds = Math.max(1e-9, (double) (nanos.getAsLong() - start) / 1e9);
        StringBuilder line = new StringBuilder(CLEAR_LINE).append(label).append("  ");
        if (totalRows > 0) {
            int done = (int) (BAR_CELLS * Math.min(rows, totalRows) / totalRows);
            line.append('[').append("#".repeat(done)).append("-".repeat(BAR_CELLS - done));
            line.append(String.format(Locale.ROOT, "] %3d %%  ", 100 * Math.min(rows, totalRows) / totalRows));
        }
        line.append(String.format(Locale.ROOT, "%,d rows", rows));
        if (bytes > 0) {
            line.append("  ").append(Amounts.rate((double) bytes, seconds));
        }
        error.print(line);
        error.flush();
        drawn = true;
    }

    /** Wipes the line out. */
    @Override
    public void close() {
        if (drawn) {
            error.print(CLEAR_LINE);
            error.flush();
        }
    }
}
