package io.lightstream.benchmarks.compare;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What was asked for on the command line.
 *
 * @param area one of {@link Workloads#AREAS}
 * @param rounds measured rounds of every contender
 * @param secondsPerRound how long a round of a contender is to take
 * @param secondsOfWarmUp how long it works before the first round
 * @param cases only cases whose name contains one of these; all when empty
 * @param peers only these peers; all when empty
 * @param reference the contender of the column {@code ours}
 */
record Options(
        String area,
        int rounds,
        double secondsPerRound,
        double secondsOfWarmUp,
        Set<String> cases,
        Set<String> peers,
        String reference) {
    static final String USAGE = """
            usage: benchmarks/compare ipc|transport|mmap [option=value]...
              --rounds=N      measured rounds of each contender, at least 5 for a figure to quote (5)
              --seconds=S     length of a round (0.7)
              --warm-up=S     warm-up before the first round (4)
              --cases=X,...   only cases whose name contains X, as tcp/B or decode
              --peers=P,...   only these peers
              --reference=P   who stands in the column "ours" (ours)
            """;

    Options {
        cases = Set.copyOf(cases);
        peers = Set.copyOf(peers);
    }

    static Options parse(String[] arguments) {
        if (arguments.length == 0 || !Workloads.AREAS.contains(arguments[0])) {
            throw new IllegalArgumentException("expected one of " + Workloads.AREAS);
        }
        Options options = new Options(arguments[0], 5, 0.7, 4, Set.of(), Set.of(), Ours.NAME);
        for (String argument : Arrays.asList(arguments).subList(1, arguments.length)) {
            String[] parts = argument.split("=", 2);
            if (parts.length != 2) {
                throw new IllegalArgumentException("expected --option=value, found " + argument);
            }
            options = options.with(parts[0], parts[1]);
        }
        return options;
    }

    private Options with(String option, String value) {
        return switch (option) {
            case "--rounds" ->
                new Options(area, Integer.parseInt(value), secondsPerRound, secondsOfWarmUp, cases, peers, reference);
            case "--seconds" ->
                new Options(area, rounds, Double.parseDouble(value), secondsOfWarmUp, cases, peers, reference);
            case "--warm-up" ->
                new Options(area, rounds, secondsPerRound, Double.parseDouble(value), cases, peers, reference);
            case "--cases" ->
                new Options(area, rounds, secondsPerRound, secondsOfWarmUp, Set.of(value.split(",")), peers, reference);
            case "--peers" ->
                new Options(area, rounds, secondsPerRound, secondsOfWarmUp, cases, Set.of(value.split(",")), reference);
            case "--reference" -> new Options(area, rounds, secondsPerRound, secondsOfWarmUp, cases, peers, value);
            default -> throw new IllegalArgumentException("unknown option " + option);
        };
    }

    /** Whether a contender of this name takes part. */
    boolean wants(String contender) {
        return peers.isEmpty() || peers.contains(contender) || contender.equals(reference);
    }

    /** The workloads of the area that are wanted; {@code files} is where data files lie. */
    List<Workload> workloads(Path files) {
        return Workloads.of(area, files).stream()
                .filter(workload -> cases.isEmpty() || cases.stream().anyMatch(workload.name()::contains))
                .toList();
    }
}
