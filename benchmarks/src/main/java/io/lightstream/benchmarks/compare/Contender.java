package io.lightstream.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A program that takes part.
 *
 * @param name its name in the table, and its first argument
 * @param command what starts it, before that name
 * @param bareCommand what starts the same runtime to do nothing
 * @param skills what it can do
 */
record Contender(String name, List<String> command, List<String> bareCommand, Set<Skill> skills) {
    /** What a contender may be able to do. */
    enum Skill {
        /** Sends and receives batches over TCP. */
        TCP,
        /** Sends and receives batches over Unix sockets. */
        UNIX,
        /** Encodes to and decodes from memory. */
        MEMORY,
        /** Opens files. */
        OPEN,
        /** Sums up a column of a file. */
        SUM,
        /** Opens a file in a process that was started for it. */
        COLD
    }

    Contender {
        command = List.copyOf(command);
        bareCommand = List.copyOf(bareCommand);
        skills = Set.copyOf(skills);
    }

    boolean canDo(Workload workload) {
        return skills.contains(workload.skill());
    }

    List<String> commandWith(List<String> arguments) {
        List<String> whole = new ArrayList<>(command);
        whole.add(name);
        whole.addAll(arguments);
        return whole;
    }
}
