package io.lightstream.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of the terminal. {@link System#console()} does not help: before Java 22 it is there only where input and
 * output both are terminals, and at the end of a pipe one of them is not.
 */
final class Terminal {
    private static final int DEFAULT_WIDTH = 120;
    private static final int LEAST_WIDTH = 40;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Pattern SIZE = Pattern.compile("(\\d+) (\\d+)\\s*");

    private Terminal() {}

    /** Whether the standard stream of that number is a terminal. */
    static boolean isTerminal(int descriptor) {
        if (Files.isDirectory(DESCRIPTORS)) {
            try {
                String target = Files.readSymbolicLink(DESCRIPTORS.resolve(String.valueOf(descriptor)))
                        .toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            } catch (IOException e) {
                return false; // it is closed
            }
        }
        try {
            return run(new ProcessBuilder("test", "-t", String.valueOf(descriptor)).inheritIO()) == 0;
        } catch (IOException e) {
            return false; // no such program: not a system with terminals as this one knows them
        }
    }

    /** Cells of a line. */
    static int width() {
        try {
            Process process = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            Matcher matcher = SIZE.matcher(size);
            int columns = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
            return columns < LEAST_WIDTH ? DEFAULT_WIDTH : columns;
        } catch (IOException | NumberFormatException e) {
            return DEFAULT_WIDTH;
        }
    }

    private static int run(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        try {
            return process.waitFor(1, TimeUnit.SECONDS) ? process.exitValue() : 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }
}
