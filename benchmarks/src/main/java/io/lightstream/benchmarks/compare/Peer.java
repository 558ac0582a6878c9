package io.lightstream.benchmarks.compare;

import io.lightstream.benchmarks.compare.Contender.Skill;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A folder under {@code benchmarks/peers} with a {@code build} and a {@code run} script, and the contenders in it. */
enum Peer {
    RAW("raw", Set.of(Skill.TCP, Skill.UNIX), "raw", "raw-hot"),
    ARROW_JAVA("arrow-java", EnumSet.allOf(Skill.class), "arrow-java", "arrow-java-buffered", "arrow-java-pooled"),
    FLIGHT("arrow-java", Set.of(Skill.TCP), "flight"),
    ARROW_RS("arrow-rs", EnumSet.allOf(Skill.class), "arrow-rs"),
    PYARROW("pyarrow", EnumSet.allOf(Skill.class), "pyarrow");

    /** The exit status by which a build script says that this machine lacks something; the reason is its output. */
    private static final int CANNOT_RUN_HERE = 77;

    private final String folder;
    private final Set<Skill> skills;
    private final List<String> names;

    Peer(String folder, Set<Skill> skills, String... names) {
        this.folder = folder;
        this.skills = skills;
        this.names = List.of(names);
    }

    List<String> names() {
        return names;
    }

    List<Contender> contenders(Path benchmarks) {
        List<String> command = List.of(home(benchmarks).resolve("run").toString());
        return names.stream().map(name -> new Contender(name, command, skills)).toList();
    }

    /** Builds what the contenders need; returns why they cannot take part, or nothing when they can. */
    Optional<String> build(Path benchmarks) throws IOException, InterruptedException {
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
