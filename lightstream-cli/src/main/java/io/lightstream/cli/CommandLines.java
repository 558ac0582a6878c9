package io.lightstream.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
            "Exit codes: 0 done, 1 validate found a difference, 2 usage, 3 bad data, 4 input or output failed.",
            "",
            "Examples:",
            "  lightstream demo",
            "  lightstream cat trips.arrow | lightstream head -",
            "  lightstream receive --listen tcp://0.0.0.0:9000 trips.arrow",
            "  lightstream send trips.arrow tcp://localhost:9000",
            "",
            "'lightstream COMMAND --help' says more."
        })
final class CommandLines {
    private static final List<Function<Shell, Object>> COMMANDS = List.of(
            DemoCommand::new,
            SendCommand::new,
            ReceiveCommand::new,
            ServeCommand::new,
            CatCommand::new,
            HeadCommand::new,
            InspectCommand::new,
            ConvertCommand::new,
            ValidateCommand::new,
            BenchCommand::new,
            shell -> new DemoSenderCommand());

    private CommandLines() {}

    static CommandLine of(Shell shell) {
        CommandLine commandLine = new CommandLine(new CommandLines());
        for (Function<Shell, Object> command : COMMANDS) {
            CommandLine subcommand = new CommandLine(command.apply(shell));
            subcommand.getCommandSpec().mixinStandardHelpOptions(true);
            commandLine.addSubcommand(subcommand);
        }
        PrintWriter error = new PrintWriter(shell.error(), true, StandardCharsets.UTF_8);
        return commandLine
                .setOut(new PrintWriter(shell.text()))
                .setErr(error)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        shell.outputIsTerminal().getAsBoolean() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, arguments) -> Failures.report(failure, shell.error()))
                .setParameterExceptionHandler((failure, arguments) -> {
                    String name = failure.getCommandLine().getCommandSpec().qualifiedName();
                    shell.error().println("lightstream: " + Failures.oneLine(String.valueOf(failure.getMessage())));
                    shell.error().println("'" + name + " --help' says how it is used");
                    return ExitCode.USAGE;
                });
    }
}
