package io.lightstream.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command that waits for peers, in a thread of its own. */
final class LiveRun {
    private static final Pattern LISTENING = Pattern.compile("lightstream: listening on (\\S+)\\R");

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final FutureTask<Integer> result;

    private LiveRun(Object... arguments) {
        Shell shell = new Shell(
                Channels.newChannel(InputStream.nullInputStream()),
                new CapturedOutput(output),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                () -> false,
                () -> false,
                () -> 100);
        result = new FutureTask<>(() -> CommandLines.run(shell, Run.strings(arguments)));
    }

    static LiveRun of(Object... arguments) {
        LiveRun run = new LiveRun(arguments);
        Thread thread = new Thread(run.result, "command");
        thread.setDaemon(true);
        thread.start();
        return run;
    }

    /** Where the command listens, once it does. */
    String uri() {
        return await().atMost(30, SECONDS).until(() -> uriSoFar(), uri -> !uri.isEmpty());
    }

    private String uriSoFar() {
        Matcher matcher = LISTENING.matcher(errors.toString(StandardCharsets.UTF_8));
        return matcher.find() ? matcher.group(1) : "";
    }

    /** What it has put out so far. */
    byte[] output() {
        return output.toByteArray();
    }

    /** What the command has left when it has ended. */
    Run end() throws Exception {
        int exitCode = result.get(60, SECONDS);
        String said = errors.toString(StandardCharsets.UTF_8).replaceFirst(LISTENING.pattern(), "");
        return new Run(exitCode, output.toByteArray(), said);
    }

    /** Fails unless the command waits. */
    void assertRunning() {
        assertThat(result.isDone()).isFalse();
    }
}
