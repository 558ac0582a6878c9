package io.lightstream.benchmarks.compare;

import io.lightstream.benchmarks.compare.Contender.Skill;
import io.lightstream.benchmarks.compare.MappedWorkload.ColdStart;
import io.lightstream.benchmarks.files.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Lightstream on a JVM that maps the classes of a rehearsal (class-data sharing) instead of parsing them at each start. */
final class OursWithArchive implements Party {
    @Override
    public List<Contender> contenders(Path benchmarks) {
        String flag = "-XX:SharedArchiveFile=" + archive(benchmarks);
        return List.of(Ours.contender("ours-cds", List.of(flag), EnumSet.of(Skill.COLD)));
    }

    /** Makes the archive, which fits only this JVM and these jars, in the two steps of {@code bin/lightstream}. */
    @Override
    public Optional<String> build(Path benchmarks) throws IOException, InterruptedException {
        Path archive = archive(benchmarks);
        Path classes = archive.resolveSibling("cold-classes.list");
        Path log = archive.resolveSibling("cold-archive.log");
        Files.deleteIfExists(archive);
        Files.deleteIfExists(classes);
        Files.deleteIfExists(log);
        List<String> rehearsal = Ours.command(List.of("-XX:DumpLoadedClassList=" + classes), Ours.NAME);
        rehearsal.addAll(new ColdStart(DataFile.VALUES_1, DataFiles.folder(benchmarks)).arguments());
        int status = run(rehearsal, log);
        if (status == 0) {
            status = run(
                    Ours.command(List.of(
                            "-Xshare:dump", "-XX:SharedClassListFile=" + classes, "-XX:SharedArchiveFile=" + archive)),
                    log);
        }
        return Files.exists(archive)
                ? Optional.empty()
                : Optional.of("this JVM made no class-data archive (status " + status + ", see " + log + ")");
    }

    private static int run(List<String> command, Path log) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start()
                .waitFor();
    }

    private static Path archive(Path benchmarks) {
        return benchmarks.resolve("out").resolve("cold.jsa");
    }
}
