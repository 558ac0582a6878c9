package io.lightstream.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the command line: hands the arguments to picocli and exits with what the command answers. */
@Command(
        name = "lightstream",
        description = "Streams, reads, converts and validates Arrow data.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private Main() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
