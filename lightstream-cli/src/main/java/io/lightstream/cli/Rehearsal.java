package io.lightstream.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * Runs the usual commands once, in one process and over a small table. The launcher archives the classes that this loads, so
 * that later processes find them ready (class data sharing). Nobody else needs it.
 */
final class Rehearsal {
    private Rehearsal() {}

    /**
     * Rehearses, with the output on standard output.
     *
     * @param arguments a file of Arrow's integration-test JSON to begin with, and a folder for what is made of it
     */
    public static void main(String[] arguments) {
        System.exit(run(Shell.ofProcess(), Path.of(arguments[0]), Path.of(arguments[1])));
    }

    /** The highest exit code of the commands: 0 where all went well. */
    static int run(Shell shell, Path json, Path folder) {
        String table = json.toString();
        String file = folder.resolve("rehearsal.arrow").toString();
        String stream = folder.resolve("rehearsal.arrows").toString();
        int worst = ExitCode.DONE;
        for (List<String> command : List.of(
                List.of("--help"),
                List.of("convert", "--compression", "zstd", table, file),
                List.of("convert", "--compression", "lz4", file, stream),
                List.of("convert", stream, file),
                List.of("convert", file, folder.resolve("rehearsal.json").toString()),
                List.of("seal", stream, file),
                List.of("recover", file),
                List.of("validate", "--arrow", file, "--json", table),
                List.of("inspect", stream),
                List.of("inspect", file),
                List.of("head", stream),
                List.of("cat", file))) {
            worst = Math.max(worst, CommandLines.run(shell, command.toArray(String[]::new)));
        }
        return worst;
    }
}
