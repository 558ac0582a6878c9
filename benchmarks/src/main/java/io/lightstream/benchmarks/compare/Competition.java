package io.lightstream.benchmarks.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs all contenders of one workload: warms each up, then lets them take turns. */
final class Competition {
    /** Steps of the very first request: enough that the time of the later ones means something. */
    private static final long FIRST_REQUEST = 4;

    private final Options options;
    private final Table table;
    private final PrintStream progress;
    private final Path scratch;

    Competition(Options options, Table table, PrintStream progress, Path scratch) {
        this.options = options;
        this.table = table;
        this.progress = progress;
        this.scratch = scratch;
    }

    void run(Workload workload, List<Contender> contenders) throws IOException {
        Map<Contender, Entrant> entrants = new LinkedHashMap<>();
        try {
            for (Contender contender : contenders) {
                enter(workload, contender, entrants);
            }
            for (int round = 1; round <= options.rounds() && !entrants.isEmpty(); round++) {
                runRound(workload, round, entrants);
            }
            report(workload, entrants);
        } finally {
            for (Entrant entrant : entrants.values()) {
                entrant.session.close();
            }
        }
    }

    private void enter(Workload workload, Contender contender, Map<Contender, Entrant> entrants) throws IOException {
        progress.printf("%s: warming up %s%n", workload.name(), contender.name());
        Session session;
        try {
            session = Session.open(contender, workload, scratch);
        } catch (IOException failure) {
            table.remark("FAILED " + workload.name() + " " + failure.getMessage());
            return;
        }
        try {
            entrants.put(contender, new Entrant(session, warmUp(session, workload)));
        } catch (IOException failure) {
            table.remark("FAILED " + workload.name() + " " + failure.getMessage());
            session.close();
        }
    }

    /** Works until the warm-up time is over, doubling what is asked for; returns how many steps fill a round. */
    private long warmUp(Session session, Workload workload) throws IOException {
        long start = System.nanoTime();
        long request = Math.min(FIRST_REQUEST, workload.fewestSteps());
        while (true) {
            long requestStart = System.nanoTime();
            session.run(request);
            // By this clock, because a step may have parts that the contender does not time.
            double secondsPerStep = (System.nanoTime() - requestStart) / 1e9 / request;
            long perRound = Math.max(workload.fewestSteps(), Math.round(options.secondsPerRound() / secondsPerStep));
            if (System.nanoTime() - start > options.secondsOfWarmUp() * 1e9) {
                return perRound;
            }
            request = Math.min(request * 2, perRound);
        }
    }

    /** One turn for each, in an order that differs from round to round: nobody always runs behind the same one. */
    private void runRound(Workload workload, int round, Map<Contender, Entrant> entrants) throws IOException {
        progress.printf("%s: round %d of %d%n", workload.name(), round, options.rounds());
        List<Contender> order = new ArrayList<>(entrants.keySet());
        Collections.rotate(order, round);
        for (Contender contender : order) {
            Entrant entrant = entrants.get(contender);
            if (entrant == null) {
                continue;
            }
            try {
                entrant.measurements.add(entrant.session.run(entrant.steps));
            } catch (IOException failure) {
                table.remark("FAILED " + workload.name() + " " + failure.getMessage());
                entrants.remove(contender);
                entrant.session.close();
            }
        }
    }

    private void report(Workload workload, Map<Contender, Entrant> entrants) {
        List<Measurement> ours = List.of();
        for (Map.Entry<Contender, Entrant> entry : entrants.entrySet()) {
            if (entry.getKey().name().equals(options.reference())) {
                ours = entry.getValue().measurements;
            }
        }
        if (ours.isEmpty()) {
            table.remark("FAILED " + workload.name() + " nothing was measured of " + options.reference());
            return;
        }
        for (Metric metric : workload.metrics()) {
            for (Map.Entry<Contender, Entrant> entry : entrants.entrySet()) {
                String name = entry.getKey().name();
                if (!name.equals(options.reference())) {
                    table.line(workload, metric, ours, name, entry.getValue().measurements);
                }
            }
        }
    }

    private static final class Entrant {
        private final Session session;
        private final long steps;
        private final List<Measurement> measurements = new ArrayList<>();

        Entrant(Session session, long steps) {
            this.session = session;
            this.steps = steps;
        }
    }
}
