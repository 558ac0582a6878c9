package io.lightstream.mmap;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What Linux says about this process; tests that ask are skipped elsewhere. */
final class OwnProcess {
    private static final Path PROC = Path.of("/proc/self");

    private OwnProcess() {}

    /** A mapped range of addresses. */
    record Range(long from, long to) {
        boolean holds(long address, long length) {
            return address >= from && address + length <= to;
        }
    }

    /** Where the file is mapped. */
    static List<Range> mappingsOf(Path file) {
        String name = file.toAbsolutePath().toString();
        return lines("maps").stream()
                .filter(line -> line.contains(name))
                .map(OwnProcess::range)
                .toList();
    }

    private static Range range(String line) {
        String[] ends = line.substring(0, line.indexOf(' ')).split("-", -1);
        return new Range(Long.parseUnsignedLong(ends[0], 16), Long.parseUnsignedLong(ends[1], 16));
    }

    /** Number of mappings of files below a folder. */
    static long mappingsBelow(Path folder) {
        String name = folder.toAbsolutePath() + "/";
        return lines("maps").stream().filter(line -> line.contains(name)).count();
    }

    /** Number of descriptors of files below a folder, or of the file. */
    static long descriptorsOf(Path path) throws IOException {
        assumeTrue(Files.isDirectory(PROC));
        try (Stream<Path> descriptors = Files.list(PROC.resolve("fd"))) {
            return descriptors
                    .filter(descriptor -> target(descriptor).startsWith(path.toAbsolutePath()))
                    .count();
        }
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException closedMeanwhile) {
            return descriptor;
        }
    }

    /** Resident bytes, counted page by page: the sums that Linux keeps at hand are late by some hundred pages. */
    static long residentBytes() {
        String line = lines("smaps_rollup").stream()
                .filter(l -> l.startsWith("Rss:"))
                .findAny()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
    }

    private static List<String> lines(String file) {
        assumeTrue(Files.isDirectory(PROC));
        try {
            return Files.readAllLines(PROC.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
