package io.lightstream.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Provides the data files of workloads. They are written once and kept. */
final class DataFiles {
    private static final String WRITER = "io.lightstream.benchmarks.files.DataFileWriter";

    private DataFiles() {}

    /** Where they lie. */
    static Path folder(Path benchmarks) {
        return benchmarks.resolve("out").resolve("files");
    }

    /** Writes those that are not there yet, in a process of its own because of the memory that takes. */
    static void provide(Path benchmarks, List<Workload> workloads) throws IOException, InterruptedException {
        List<String> names = workloads.stream()
                .filter(MappedWorkload.class::isInstance)
                .map(workload -> ((MappedWorkload) workload).file().name())
                .distinct()
                .toList();
        if (names.isEmpty()) {
            return;
        }
        List<String> command = Ours.java(List.of(), WRITER);
        command.add(folder(benchmarks).toString());
        command.addAll(names);
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException("writing data files failed with status " + status);
        }
    }
}
