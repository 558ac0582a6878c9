package io.lightstream.benchmarks.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Entry point of {@code benchmarks/compare}; the launcher passes the folder {@code benchmarks} as first argument. */
public final class Compare {
    private static final int USAGE_ERROR = 2;
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
        List<Workload> workloads = options.workloads(DataFiles.folder(benchmarks));
        DataFiles.provide(benchmarks, workloads);
        List<Contender> contenders = contenders(workloads);
        Path logs = Files.createDirectories(benchmarks.resolve("out").resolve("logs"));
        Competition competition = new Competition(options, table, progress, logs);
        for (Workload workload : workloads) {
            competition.run(
                    workload,
                    contenders.stream().filter(each -> each.canDo(workload)).toList());
        }
    }

    private static List<Party> parties() {
        List<Party> parties = new ArrayList<>(List.of(new Ours(), new OursWithArchive()));
        parties.addAll(Peer.ALL);
        return parties;
    }

    /** Those that are wanted and can do one of the workloads; nothing is built for others. */
    private List<Contender> contenders(List<Workload> workloads) throws IOException, InterruptedException {
        List<Contender> contenders = new ArrayList<>();
        for (Party party : parties()) {
            List<Contender> wanted = party.contenders(benchmarks).stream()
                    .filter(contender -> options.wants(contender.name()))
                    .filter(contender -> workloads.stream().anyMatch(contender::canDo))
                    .toList();
            if (wanted.isEmpty()) {
                continue;
            }
            progress.println("building " + wanted.stream().map(Contender::name).collect(Collectors.joining(", ")));
            Optional<String> obstacle = party.build(benchmarks);
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
}
