package io.lightstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One command, run within this process, and what it left. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Run(int exitCode, byte[] bytes, String errors) {
    /** Into a pipe, with nothing on standard input. */
    static Run of(Object... arguments) {
        return with(new byte[0], false, arguments);
    }

    /** Before somebody at a terminal of 100 cells. */
    static Run onTerminal(Object... arguments) {
        return with(new byte[0], true, arguments);
    }

    /** Into a pipe, with {@code input} coming out of another one. */
    static Run reading(byte[] input, Object... arguments) {
        return with(input, false, arguments);
    }

    private static Run with(byte[] input, boolean terminal, Object... arguments) {
        var output = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        Shell shell = new Shell(
                Channels.newChannel(new ByteArrayInputStream(input)),
                new CapturedOutput(output),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                () -> terminal,
                () -> false,
                () -> 100);
        int exitCode = CommandLines.run(shell, strings(arguments));
        return new Run(exitCode, output.toByteArray(), errors.toString(StandardCharsets.UTF_8));
    }

    static String[] strings(Object... arguments) {
        return Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    }

    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Fails unless the command has done its work without a word. */
    Run done() {
        assertThat(errors).isEmpty();
        assertThat(exitCode).isEqualTo(ExitCode.DONE);
        return this;
    }

    /** Fails unless the command ended with {@code code} and one line that says why. Leaked memory would be a second line. */
    Run failed(int code, String... parts) {
        assertThat(errors).startsWith("lightstream: ").contains(parts);
        assertThat(errors.lines()).hasSize(1);
        assertThat(exitCode).isEqualTo(code);
        return this;
    }
}
