package io.lightstream.cli;

/** Entry point of the command line: runs the command that the arguments name and ends the JVM with its exit code. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(CommandLines.run(Shell.ofProcess(), args));
    }
}
