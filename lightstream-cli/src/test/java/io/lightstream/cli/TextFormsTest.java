package io.lightstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class TextFormsTest {
    @Test
    void sizesHaveUnits() {
        var sizes = new MemorySize.Converter();
        assertThat(sizes.convert("4096").bytes()).isEqualTo(4096);
        assertThat(sizes.convert("256m").bytes()).isEqualTo(256 << 20);
        assertThat(sizes.convert("2GiB").bytes()).isEqualTo(2L << 30);
        assertThat(sizes.convert("1kb").bytes()).isEqualTo(1024);
        for (String wrong : new String[] {"", "m", "-1", "1x", "999999999999999999t"}) {
            assertThatThrownBy(() -> sizes.convert(wrong)).isInstanceOf(TypeConversionException.class);
        }
    }

    @Test
    void amountsAreReadable() {
        assertThat(Amounts.bytes(0)).isEqualTo("0 B");
        assertThat(Amounts.bytes(999)).isEqualTo("999 B");
        assertThat(Amounts.bytes(2_912_345)).isEqualTo("2.91 MB");
        assertThat(Amounts.bytes(31_000_000_000d)).isEqualTo("31.0 GB");
        assertThat(Amounts.rate(5e9, 2)).isEqualTo("2.50 GB/s");
        assertThat(Amounts.count(10_000_000)).isEqualTo("10,000,000");
    }

    @Test
    void locationsAreToldApart() {
        assertThat(Location.of("-")).isEqualTo(new Location.Standard());
        assertThat(Location.of("stdio:")).isEqualTo(new Location.Standard());
        assertThat(Location.of("a/b.arrow")).isEqualTo(new Location.File(Path.of("a/b.arrow")));
        assertThat(Location.of("a:b.arrow")).isEqualTo(new Location.File(Path.of("a:b.arrow")));
        assertThat(Location.of("file:///a/b")).isEqualTo(new Location.File(Path.of("/a/b")));
        assertThat(Location.of("file:a")).isEqualTo(new Location.File(Path.of("a")));
        assertThat(Location.of("tcp://h:1")).isEqualTo(new Location.Peer("tcp://h:1"));
        assertThat(Location.of("trips:12")).isEqualTo(new Location.Made(12));
        assertThatThrownBy(() -> Location.of("\0")).isInstanceOf(UsageException.class);
    }

    @Test
    void failuresAreOneLine() {
        assertThat(Failures.describe(new NoSuchFileException("a"))).isEqualTo("a: no such file");
        assertThat(Failures.describe(new NoSuchFileException("b\ufffd"))).contains("encoding of the locale");
        assertThat(Failures.describe(new AccessDeniedException("a"))).isEqualTo("a: permission denied");
        assertThat(Failures.describe(new FileNotFoundException("x\n\ty"))).isEqualTo("x; y");
        assertThat(Failures.describe(new IOException())).isEqualTo("IOException");
        assertThat(Failures.describe(new NullPointerException())).contains("defect");
        assertThat(Failures.exitCode(new NullPointerException())).isEqualTo(ExitCode.DEFECT);
        assertThat(Failures.exitCode(new OutOfMemoryError())).isEqualTo(ExitCode.IO);
    }

    @Test
    void progressIsDrawnNowAndThenAndWipedOut() {
        var drawn = new ByteArrayOutputStream();
        AtomicLong nanos = new AtomicLong();
        try (Progress progress =
                new Progress(new PrintStream(drawn, true, StandardCharsets.UTF_8), true, "x", 1000, nanos::get)) {
            progress.add(100, 10);
            assertThat(drawn.size()).isZero();
            nanos.set(TimeUnit.SECONDS.toNanos(1));
            progress.add(400, 1_000_000);
            assertThat(drawn.toString(StandardCharsets.UTF_8))
                    .contains("[############------------]  50 %  500 rows  1.00 MB/s");
        }
        assertThat(drawn.toString(StandardCharsets.UTF_8)).endsWith("\r\u001b[K");
    }

    @Test
    void progressThatNobodySeesIsNotDrawn() {
        var drawn = new ByteArrayOutputStream();
        AtomicLong nanos = new AtomicLong();
        try (Progress progress =
                new Progress(new PrintStream(drawn, true, StandardCharsets.UTF_8), false, "x", 1000, nanos::get)) {
            nanos.set(TimeUnit.SECONDS.toNanos(9));
            progress.add(1, 1);
        }
        assertThat(drawn.size()).isZero();
    }

    @Test
    void everyCommandHasHelpWithExamples() {
        String commands = "demo send receive serve cat head inspect convert seal recover validate bench";
        for (String command : commands.split(" ", -1)) {
            String help = Run.of(command, "--help").done().text();
            assertThat(help)
                    .contains("Usage: lightstream " + command, "Examples:")
                    .doesNotContain("URI SRC");
        }
        assertThat(Run.of("--help").done().text())
                .contains("demo", "bench", "Exit codes")
                .doesNotContain("demo-sender");
        assertThat(Run.of("--version").done().text()).startsWith("lightstream ");
        assertThat(Run.of().exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Run.of().errors()).contains("Usage: lightstream", "Commands:");
        assertThat(Run.of("no-such-command").exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
