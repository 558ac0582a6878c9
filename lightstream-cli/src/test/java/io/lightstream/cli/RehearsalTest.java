package io.lightstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
    private static final Path TABLE = Path.of("src", "build", "rehearsal.json");

    @TempDir
    Path folder;

    @Test
    void everyCommandSucceeds() {
        var output = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        var shell = new Shell(
                Channels.newChannel(new ByteArrayInputStream(new byte[0])),
                new CapturedOutput(output),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                () -> false,
                () -> false,
                () -> 100);

        int exitCode = Rehearsal.run(shell, TABLE, folder);

        assertThat(errors.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(exitCode).isEqualTo(ExitCode.DONE);
        assertThat(output.size()).isPositive();
        assertThat(folder.resolve("rehearsal.json")).isNotEmptyFile();
    }
}
