package io.lightstream.formats.json;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the public test data: where {@code LIGHTSTREAM_CORPORA} says, else beside the project. */
final class Corpora {
    private static final String JSON = ".json.gz";

    private Corpora() {}

    /** One golden case: three files that say the same. */
    record Golden(Path json, Path file, Path stream) {
        @Override
        public String toString() {
            return json.getParent().getFileName() + "/"
                    + json.getFileName().toString().replace(JSON, "");
        }
    }

    /** All golden cases; the test is skipped where the corpora are absent. */
    static List<Golden> golden() {
        return files(
                        "arrow-testing/data/arrow-ipc-stream/integration",
                        path -> path.toString().endsWith(JSON))
                .stream()
                .map(Corpora::golden)
                .toList();
    }

    private static Golden golden(Path json) {
        String name = json.getFileName().toString().replace(JSON, "");
        return new Golden(json, json.resolveSibling(name + ".arrow_file"), json.resolveSibling(name + ".stream"));
    }

    /** Files with crafted defects that are to be read as Arrow files. */
    static List<Path> fuzzFiles() {
        return files("arrow-testing/data/arrow-ipc-file", path -> true);
    }

    /** Files with crafted defects that are to be read as Arrow streams. */
    static List<Path> fuzzStreams() {
        return files(
                "arrow-testing/data/arrow-ipc-stream", path -> !path.toString().contains("integration"));
    }

    private static List<Path> files(String folder, Predicate<Path> wanted) {
        Path root = root().resolve(folder);
        assumeTrue(
                Files.isDirectory(root),
                () -> "no corpora at " + root.toAbsolutePath().normalize());
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).filter(wanted).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        String named = System.getenv("LIGHTSTREAM_CORPORA");
        return named != null
                ? Path.of(named)
                : Path.of(System.getProperty("lightstream.root", "../..")).resolve("../shared/corpora");
    }
}
