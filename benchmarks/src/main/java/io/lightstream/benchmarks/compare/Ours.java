package io.lightstream.benchmarks.compare;

import io.lightstream.benchmarks.compare.Contender.Skill;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lightstream's own contenders: on this program's class path and Java, without flags. Those that are not the plain one
 * stand in the table as peers, to show what their difference is worth.
 */
final class Ours implements Party {
    static final String NAME = "ours";

    private static final String PROGRAM = "io.lightstream.benchmarks.contender.Contender";
    private static final Set<Skill> STREAMS = EnumSet.of(Skill.TCP, Skill.UNIX, Skill.MEMORY);

    @Override
    public List<Contender> contenders(Path benchmarks) {
        return List.of(
                contender(NAME, List.of(), EnumSet.allOf(Skill.class)),
                contender("ours-structure", List.of(), STREAMS));
    }

    /** Built with this program. */
    @Override
    public Optional<String> build(Path benchmarks) {
        return Optional.empty();
    }

    /** A contender on a JVM with {@code flags}; its bare runtime is one without. */
    static Contender contender(String name, List<String> flags, Set<Skill> skills) {
        return new Contender(name, command(flags), command(List.of(), name, "bare"), skills);
    }

    /** What starts a contender on a JVM with {@code flags}. */
    static List<String> command(List<String> flags, String... arguments) {
        List<String> command = java(flags, PROGRAM);
        command.addAll(List.of(arguments));
        return command;
    }

    /** What starts a program of this class path. */
    static List<String> java(List<String> flags, String mainClass) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        return command;
    }
}
