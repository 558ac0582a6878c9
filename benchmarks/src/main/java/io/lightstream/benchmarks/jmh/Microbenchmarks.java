package io.lightstream.benchmarks.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Entry point of {@code benchmarks/jmh}. Runs what was asked for in JVMs without flags, and what measures Arrow Java in JVMs
 * with the flags that it demands.
 */
public final class Microbenchmarks {
    private static final String PEER = Pattern.quote(ArrowJavaReceive.class.getName());

    private Microbenchmarks() {}

    /**
     * Runs benchmarks with the profiler that tells how much each operation allocates on the heap.
     *
     * @param arguments the file with the flags of Arrow Java, then arguments of JMH
     * @throws IOException when that file cannot be read
     * @throws RunnerException when a benchmark fails
     * @throws CommandLineOptionException when JMH does not understand its arguments
     */
    public static void main(String[] arguments) throws IOException, RunnerException, CommandLineOptionException {
        List<String> flags = Files.readAllLines(Path.of(arguments[0]));
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        runIfAny(options(rest).exclude(PEER));
        runIfAny(options(rest)
                .exclude("\\.(?!" + ArrowJavaReceive.class.getSimpleName() + ")[A-Z][A-Za-z]*\\.")
                .jvmArgsAppend(flags.toArray(new String[0])));
    }

    private static ChainedOptionsBuilder options(String[] arguments) throws CommandLineOptionException {
        return new OptionsBuilder().parent(new CommandLineOptions(arguments)).addProfiler(GCProfiler.class);
    }

    private static void runIfAny(ChainedOptionsBuilder options) throws RunnerException {
        try {
            new Runner(options.build()).run();
        } catch (NoBenchmarksException none) {
            System.err.println("no benchmark of this kind was asked for");
        }
    }
}
