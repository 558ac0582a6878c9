package io.lightstream.codec.ipc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the public test data. */
public final class TestCorpora {
    private static final String GOLDEN = "arrow-testing/data/arrow-ipc-stream/integration";

    private TestCorpora() {}

    /** Golden files or streams; the test is skipped where they are not there. */
    public static List<Path> golden(String suffix) {
        Path root = root().resolve(GOLDEN);
        assumeTrue(Files.isDirectory(root), () -> "no corpora at " + root.toAbsolutePath());
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files with crafted defects that are to be read as Arrow files. */
    public static List<Path> fuzzFiles() {
        return fuzz("arrow-testing/data/arrow-ipc-file");
    }

    /** Files with crafted defects that are to be read as Arrow streams. */
    public static List<Path> fuzzStreams() {
        return fuzz("arrow-testing/data/arrow-ipc-stream");
    }

    private static List<Path> fuzz(String folder) {
        Path root = root().resolve(folder);
        assumeTrue(Files.isDirectory(root), () -> "no corpora at " + root.toAbsolutePath());
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("integration"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        String named = System.getenv("LIGHTSTREAM_CORPORA");
        if (named != null) {
            return Path.of(named);
        }
        Path besideModule = Path.of("../../shared/corpora");
        return Files.isDirectory(besideModule) ? besideModule : Path.of("../shared/corpora");
    }
}
