package io.lightstream.benchmarks.compare;

import io.lightstream.benchmarks.compare.Contender.Skill;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder under {@code benchmarks/peers} with a {@code build} and a {@code run} script, and the contenders in it.
 *
 * @param folder its name
 * @param skills what its contenders can do
 * @param names their names in the table
 */
record Peer(String folder, Set<Skill> skills, List<String> names) implements Party {
    private static final Set<Skill> STREAMS = EnumSet.of(Skill.TCP, Skill.UNIX, Skill.MEMORY);
    private static final Set<Skill> FILES = EnumSet.of(Skill.OPEN, Skill.SUM, Skill.COLD);

    static final List<Peer> ALL = List.of(
            new Peer("raw", EnumSet.of(Skill.TCP, Skill.UNIX), List.of("raw", "raw-hot")),
            new Peer("c", EnumSet.of(Skill.SUM), List.of("c", "c-tuned")),
            new Peer("arrow-java", STREAMS, List.of("arrow-java", "arrow-java-buffered", "arrow-java-pooled")),
            new Peer("arrow-java", EnumSet.of(Skill.TCP), List.of("flight")),
            new Peer("arrow-java", FILES, List.of("arrow-java", "arrow-java-pooled")),
            new Peer("arrow-dataset", EnumSet.of(Skill.OPEN), List.of("arrow-dataset")),
            new Peer("arrow-rs", STREAMS, List.of("arrow-rs", "arrow-rs-pooled")),
            new Peer("arrow-rs", FILES, List.of("arrow-rs")),
            new Peer("pyarrow", STREAMS, List.of("pyarrow")),
            new Peer("pyarrow", FILES, List.of("pyarrow")));

    /** The exit status by which a build script says that this machine lacks something; the reason is its output. */
    private static final int CANNOT_RUN_HERE = 77;

    Peer {
        skills = Set.copyOf(skills);
        names = List.copyOf(names);
    }

    @Override
    public List<Contender> contenders(Path benchmarks) {
        String run = home(benchmarks).resolve("run").toString();
        return names.stream()
                .map(name -> new Contender(name, List.of(run), List.of(run, name, "bare"), skills))
                .toList();
    }

    @Override
    public Optional<String> build(Path benchmarks) throws IOException, InterruptedException {
        Process build = new ProcessBuilder(home(benchmarks).resolve("build").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String reason = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int status = build.waitFor();
        if (status == 0) {
            return Optional.empty();
        }
        return Optional.of(status == CANNOT_RUN_HERE ? reason : "its build failed with status " + status);
    }

    private Path home(Path benchmarks) {
        return benchmarks.resolve("peers").resolve(folder);
    }
}
