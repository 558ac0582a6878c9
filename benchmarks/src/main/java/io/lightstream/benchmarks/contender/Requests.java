package io.lightstream.benchmarks.contender;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The lines exchanged with the coordinator. */
final class Requests {
    private final BufferedReader lines;
    private final PrintStream answers;

    Requests(InputStream lines, PrintStream answers) {
        this.lines = new BufferedReader(new InputStreamReader(lines, StandardCharsets.US_ASCII));
        this.answers = answers;
    }

    void ready() {
        answers.println("ready");
    }

    void ready(String address) {
        answers.println("ready " + address);
    }

    /** The number of batches to do next, or -1 at the end. */
    long next() throws IOException {
        String line = lines.readLine();
        return line == null ? -1 : Long.parseLong(line);
    }

    /** Answers without a sum. */
    void done(long batches, long nanos) {
        answers.println("done " + batches + " " + nanos + " -");
    }

    void done(long batches, long nanos, long sum) {
        answers.println("done " + batches + " " + nanos + " " + sum);
    }
}
