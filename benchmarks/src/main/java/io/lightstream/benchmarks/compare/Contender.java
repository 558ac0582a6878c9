package io.lightstream.benchmarks.compare;

import io.lightstream.benchmarks.compare.Workload.InMemory;
import io.lightstream.benchmarks.compare.Workload.Transfer;
import io.lightstream.benchmarks.compare.Workload.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A program that takes part.
 *
 * @param name its name in the table, and its first argument
 * @param command what starts it, before that name
 * @param skills what it can do
 */
record Contender(String name, List<String> command, Set<Skill> skills) {
    /** What a contender may be able to do. */
    enum Skill {
        TCP,
        UNIX,
        MEMORY
    }

    Contender {
        command = List.copyOf(command);
        skills = Set.copyOf(skills);
    }

    boolean canDo(Workload workload) {
        if (workload instanceof Transfer transfer) {
            return skills.contains(transfer.transport() == Transport.TCP ? Skill.TCP : Skill.UNIX);
        }
        return workload instanceof InMemory && skills.contains(Skill.MEMORY);
    }

    List<String> commandWith(List<String> arguments) {
        List<String> whole = new ArrayList<>(command);
        whole.add(name);
        whole.addAll(arguments);
        return whole;
    }
}
