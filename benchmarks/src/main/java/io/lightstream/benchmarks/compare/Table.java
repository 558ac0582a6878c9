package io.lightstream.benchmarks.compare;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;

/**
 * Prints the comparison as tab-separated lines:
 *
 * <pre>
 *   case  ours  peer  peer-name  unit  ratio  ours-min..max  peer-min..max
 * </pre>
 *
 * The figures are medians. What could not be measured is told in lines that begin with {@code #}.
 */
final class Table {
    private static final int SIGNIFICANT_DIGITS = 3;

    private final PrintStream out;

    Table(PrintStream out) {
        this.out = out;
    }

    void remark(String text) {
        out.println("# " + text);
        out.flush();
    }

    void line(Workload workload, Metric metric, List<Measurement> ours, String peerName, List<Measurement> peers) {
        Summary our = Summary.of(ours, metric, workload);
        Summary peer = Summary.of(peers, metric, workload);
        out.println(String.join(
                "\t",
                workload.name() + metric.caseSuffix(),
                figure(our.median()),
                figure(peer.median()),
                peerName,
                metric.unit(),
                figure(metric.ratio(our.median(), peer.median())),
                our.range(),
                peer.range()));
        out.flush();
    }

    /** Three digits, never in scientific notation, and never fewer than the whole part has. */
    static String figure(double value) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        int wholeDigits = exact.precision() - exact.scale();
        int decimals = Math.max(0, SIGNIFICANT_DIGITS - wholeDigits);
        return exact.setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }

    private record Summary(double min, double median, double max) {
        static Summary of(List<Measurement> rounds, Metric metric, Workload workload) {
            double[] sorted = rounds.stream()
                    .mapToDouble(round -> metric.of(round, workload))
                    .toArray();
            Arrays.sort(sorted);
            return new Summary(sorted[0], Median.of(sorted), sorted[sorted.length - 1]);
        }

        String range() {
            return figure(min) + ".." + figure(max);
        }
    }
}
