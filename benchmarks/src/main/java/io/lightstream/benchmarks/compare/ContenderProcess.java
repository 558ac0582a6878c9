package io.lightstream.benchmarks.compare;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A running contender. The protocol is lines of text, fields separated by a space:
 *
 * <pre>
 *   contender                     here
 *   ready [ADDRESS]      ->                     once, when it can work
 *                        <-       COUNT         do COUNT steps now
 *   done STEPS NANOS SUM ->                     NANOS for STEPS of them; SUM over all COUNT, or -
 *                        <-       (end)         leave
 * </pre>
 *
 * A contender lives through all rounds of a case and sleeps in a read while others work, so that each is warmed up once
 * and rounds can alternate. One that is timed from its start says {@code done} unasked and leaves. Standard error goes
 * to a log file.
 */
final class ContenderProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LOG_LINES_SHOWN = 3;

    private final String title;
    private final Path log;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter requests;

    private ContenderProcess(String title, Path log, Process process) {
        this.title = title;
        this.log = log;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
    }

    static ContenderProcess start(String title, List<String> command, Path log) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.to(log.toFile()))
                .start();
        return new ContenderProcess(title, log, process);
    }

    /** Waits for {@code ready} and returns the address behind it, or an empty string. */
    String awaitReady() throws IOException {
        String[] fields = awaitLine().split(" ", 2);
        if (!fields[0].equals("ready")) {
            throw new IOException(title + ": expected ready, found " + fields[0]);
        }
        return fields.length > 1 ? fields[1] : "";
    }

    void request(long steps) throws IOException {
        requests.write(Long.toString(steps));
        requests.newLine();
        requests.flush();
    }

    Answer awaitAnswer() throws IOException {
        String line = awaitLine();
        String[] fields = line.split(" ", -1);
        if (fields.length != 4 || !fields[0].equals("done")) {
            throw new IOException(title + ": expected done STEPS NANOS SUM, found " + line);
        }
        return new Answer(Long.parseLong(fields[1]), Long.parseLong(fields[2]), fields[3]);
    }

    double cpuSeconds() throws IOException {
        return CpuClock.seconds(process.pid());
    }

    private String awaitLine() throws IOException {
        Executor later = CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        CompletableFuture<Void> watchdog = CompletableFuture.runAsync(process::destroyForcibly, later);
        try {
            String line = answers.readLine();
            if (line == null) {
                String end = watchdog.isDone() ? " was silent for " + PATIENCE.toSeconds() + " s: " : " ended: ";
                throw new IOException(title + end + lastWords());
            }
            return line;
        } finally {
            watchdog.cancel(false);
        }
    }

    private String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        int shown = Math.min(LOG_LINES_SHOWN, lines.size());
        return String.join(" | ", lines.subList(lines.size() - shown, lines.size()));
    }

    /** Asks the process to leave by ending its input, and ends it when it does not. */
    @Override
    public void close() throws IOException {
        try {
            requests.close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException brokenPipe) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        answers.close();
    }

    /** What a contender reports of one request. */
    record Answer(long steps, long nanos, String sum) {}
}
