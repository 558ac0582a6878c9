package io.lightstream.benchmarks.compare;

import io.lightstream.benchmarks.compare.Contender.Skill;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Entry point of {@code benchmarks/compare}; the launcher passes the folder {@code benchmarks} as first argument. */
public final class Compare {
    private static final int USAGE_ERROR = 2;
    private static final String PROGRAM_OF_OURS = "io.lightstream.benchmarks.contender.Contender";
    /** The second does not validate values: what that costs stands in the table as a peer's line. */
    private static final List<String> NAMES_OF_OURS = List.of(Options.OURS, "ours-structure");

    private final Path benchmarks;
    private final Options options;
    private final PrintStream progress;
    private final Table table;

    private Compare(Path benchmarks, Options options, PrintStream progress, Table table) {
        this.benchmarks = benchmarks;
        this.options = options;
        this.progress = progress;
        this.table = table;
    }

    /**
     * Compares and prints a table to standard output.
     *
     * @param arguments the folder {@code benchmarks}, the area, and options
     * @throws IOException when a file of this program's own cannot be read or written
     * @throws InterruptedException when told to stop while a peer is built
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options;
        try {
            options = Options.parse(
                    List.of(arguments).subList(1, arguments.length).toArray(new String[0]));
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.err.print(Options.USAGE);
            System.exit(USAGE_ERROR);
            return;
        }
        new Compare(Path.of(arguments[0]), options, System.err, new Table(System.out)).run();
    }

    private void run() throws IOException, InterruptedException {
        List<Contender> contenders = contenders();
        Path logs = Files.createDirectories(benchmarks.resolve("out").resolve("logs"));
        Competition competition = new Competition(options, table, progress, logs);
        for (Workload workload : options.workloads()) {
            competition.run(
                    workload,
                    contenders.stream().filter(each -> each.canDo(workload)).toList());
        }
    }

    private List<Contender> contenders() throws IOException, InterruptedException {
        List<Contender> contenders = new ArrayList<>();
        for (String name : NAMES_OF_OURS) {
            if (options.wants(name)) {
                contenders.add(ours(name));
            }
        }
        for (Peer peer : Peer.ALL) {
            List<Contender> wanted = peer.contenders(benchmarks).stream()
                    .filter(contender -> options.wants(contender.name()))
                    .toList();
            if (wanted.isEmpty()) {
                continue;
            }
            progress.println("building " + String.join(", ", peer.names()));
            Optional<String> obstacle = peer.build(benchmarks);
            if (obstacle.isEmpty()) {
                contenders.addAll(wanted);
            }
            obstacle.ifPresent(reason -> skip(wanted, reason));
        }
        return contenders;
    }

    private void skip(List<Contender> contenders, String reason) {
        for (Contender contender : contenders) {
            String text = "SKIPPED " + contender.name() + ": " + reason;
            progress.println(text);
            table.remark(text);
        }
    }

    /** Our own contenders run on this program's class path and Java, without any flag. */
    private static Contender ours(String name) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(java, "-cp", System.getProperty("java.class.path"), PROGRAM_OF_OURS);
        return new Contender(name, command, EnumSet.allOf(Skill.class));
    }
}
