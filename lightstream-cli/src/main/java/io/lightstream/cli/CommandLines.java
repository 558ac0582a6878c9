package io.lightstream.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** All commands, and what they have in common: help, errors, exit codes. */
@Command(
        name = "lightstream",
        header = "Streams, reads, converts and validates Arrow data.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Sources and sinks are files, - for standard input or output, or URIs: tcp://host:port, unix:///path.",
            "The source trips:ROWS is a table that is made, to try things with.",
            "Exit codes: 0 done, 1 validate found a difference or recover --check damage, 2 usage, 3 bad data,",
            "4 input or output failed.",
            "",
            "Examples:",
            "  lightstream demo",
            "  lightstream convert trips:1000000 trips.arrow",
            "  lightstream cat trips.arrow | lightstream head -",
            "  lightstream receive --listen tcp://0.0.0.0:9000 trips.arrow",
            "  lightstream send trips.arrow tcp://localhost:9000",
            "",
            "'lightstream COMMAND --help' says more."
        })
final class CommandLines {
    private static final Map<String, Function<Shell, Object>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("demo", DemoCommand::new);
        COMMANDS.put("send", SendCommand::new);
        COMMANDS.put("receive", ReceiveCommand::new);
        COMMANDS.put("serve", ServeCommand::new);
        COMMANDS.put("cat", CatCommand::new);
        COMMANDS.put("head", HeadCommand::new);
        COMMANDS.put("inspect", InspectCommand::new);
        COMMANDS.put("convert", ConvertCommand::new);
        COMMANDS.put("seal", shell -> new SealCommand());
        COMMANDS.put("recover", RecoverCommand::new);
        COMMANDS.put("validate", ValidateCommand::new);
        COMMANDS.put("bench", BenchCommand::new);
        COMMANDS.put("demo-sender", shell -> new DemoSenderCommand());
    }

    private CommandLines() {}

    /**
     * Runs what the arguments ask for.
     *
     * @return the exit code
     */
    static int run(Shell shell, String... arguments) {
        // Picocli looks at every option of every command that it knows, which takes as long as a small command does.
        String first = arguments.length == 0 ? "" : arguments[0];
        Set<String> needed;
        if (first.equals("--version") || first.equals("-V")) {
            needed = Set.of();
        } else {
            needed = COMMANDS.containsKey(first) ? Set.of(first) : COMMANDS.keySet();
        }
        StringWriter help = new StringWriter();
        try {
            int exitCode = of(shell, needed, help).execute(arguments);
            print(help.toString(), shell);
            return exitCode;
        } catch (IOException | OutOfMemoryError | StackOverflowError e) {
            return Failures.report(e, shell.error()); // which picocli leaves to the JVM, and its exit code 1 is taken
        }
    }

    /** Prints what picocli would print to a writer that keeps failures to itself. */
    private static void print(String help, Shell shell) throws IOException {
        if (!help.isEmpty()) {
            Writer out = shell.text();
            out.write(help);
            out.flush();
        }
    }

    /** @param help where picocli puts help and version */
    private static CommandLine of(Shell shell, Set<String> names, Writer help) {
        CommandLine commandLine = new CommandLine(new CommandLines());
        COMMANDS.forEach((name, command) -> {
            if (names.contains(name)) {
                CommandLine subcommand = new CommandLine(command.apply(shell));
                subcommand.getCommandSpec().mixinStandardHelpOptions(true);
                commandLine.addSubcommand(name, subcommand);
            }
        });
        PrintWriter error = new PrintWriter(shell.error(), true, StandardCharsets.UTF_8);
        return commandLine
                .setOut(new PrintWriter(help))
                .setErr(error)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        shell.outputIsTerminal().getAsBoolean() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, arguments) -> Failures.report(failure, shell.error()))
                .setParameterExceptionHandler((failure, arguments) -> {
                    if (arguments.length == 0) {
                        failure.getCommandLine().usage(shell.error());
                        return ExitCode.USAGE;
                    }
                    String message = String.valueOf(failure.getMessage()).replaceFirst("^Error: ", "");
                    String name = failure.getCommandLine().getCommandSpec().qualifiedName();
                    shell.error().println("lightstream: " + Failures.oneLine(message));
                    shell.error().println("'" + name + " --help' says how it is used");
                    return ExitCode.USAGE;
                });
    }
}
