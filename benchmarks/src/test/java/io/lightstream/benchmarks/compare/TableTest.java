package io.lightstream.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.benchmarks.compare.Workload.Transfer;
import io.lightstream.benchmarks.compare.Workload.Transport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Table table = new Table(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    private final Workload workload = new Transfer(Transport.TCP, Shape.B);

    @Test
    void showsMediansRatioAndRanges() {
        List<Measurement> ours = List.of(batchesIn(1.0), batchesIn(0.5), batchesIn(2.0));
        List<Measurement> peers = List.of(batchesIn(4.0), batchesIn(2.0), batchesIn(1.0));

        table.line(workload, Metric.GIGABYTES_PER_SECOND, ours, "raw", peers);

        assertThat(line()).isEqualTo("transport/tcp/B\t3.20\t1.60\traw\tGB/s\t2.00\t1.60..6.40\t0.800..3.20\n");
    }

    @Test
    void ratioIsBetterWhenLessIsUsed() {
        Measurement ours = new Measurement(100, 1, 0.016);
        Measurement peer = new Measurement(100, 1, 0.064);

        table.line(workload, Metric.CPU_SECONDS_PER_GIGABYTE, List.of(ours), "raw", List.of(peer));

        assertThat(line()).isEqualTo("transport/tcp/B/cpu\t0.500\t2.00\traw\ts/GB\t4.00\t0.500..0.500\t2.00..2.00\n");
    }

    @Test
    void figuresHaveThreeDigitsAndNoExponent() {
        assertThat(List.of(Table.figure(643_210.7), Table.figure(0.00012345), Table.figure(12.345), Table.figure(1.0)))
                .containsExactly("643211", "0.000123", "12.3", "1.00");
    }

    private static Measurement batchesIn(double seconds) {
        return new Measurement(100, seconds, 0);
    }

    private String line() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
