package io.lightstream.mmap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Finds the files that a directory or a glob stands for, in the order of their names. */
final class DatasetFiles {
    private static final List<String> EXTENSIONS = List.of(".arrow", ".arrows", ".feather", ".ipc");
    private static final String SPECIAL = "*?[{";

    private DatasetFiles() {}

    /**
     * @throws NoSuchFileException where there is none
     * @throws IOException where a directory cannot be read
     * @throws IllegalArgumentException where the text is neither a path nor a glob
     */
    static List<Path> find(String directoryOrGlob) throws IOException {
        return isGlob(directoryOrGlob)
                ? required(matching(directoryOrGlob), directoryOrGlob)
                : in(Path.of(directoryOrGlob));
    }

    /**
     * The files of a directory, or the one file.
     *
     * @throws NoSuchFileException where there is none
     */
    static List<Path> in(Path directory) throws IOException {
        return required(inside(directory), directory.toString());
    }

    private static List<Path> required(List<Path> found, String where) throws NoSuchFileException {
        if (found.isEmpty()) {
            throw new NoSuchFileException(where, null, "no Arrow file there");
        }
        return found;
    }

    /** A directory whose own name looks like a glob is one nevertheless. */
    private static boolean isGlob(String text) {
        return text.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0) && !Files.exists(Path.of(text));
    }

    private static List<Path> inside(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> entries = Files.list(path)) {
            return sorted(entries.filter(DatasetFiles::isArrow));
        }
    }

    /** A stream reads the directories while it is asked, and wraps what goes wrong. */
    private static List<Path> sorted(Stream<Path> files) throws IOException {
        try {
            return files.sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isArrow(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return !name.startsWith(".")
                && !name.startsWith("_")
                && EXTENSIONS.stream().anyMatch(name::endsWith)
                && Files.isRegularFile(file);
    }

    private static List<Path> matching(String glob) throws IOException {
        Path pattern = Path.of(glob);
        Path start = pattern.isAbsolute() ? pattern.getRoot() : Path.of("");
        int depth = 0;
        for (;
                depth < pattern.getNameCount() - 1
                        && !isGlob(pattern.getName(depth).toString());
                depth++) {
            start = start.resolve(pattern.getName(depth));
        }
        PathMatcher matcher = matcher(glob);
        int levels = glob.contains("**") ? Integer.MAX_VALUE : pattern.getNameCount() - depth;
        if (!Files.isDirectory(start.toString().isEmpty() ? Path.of(".") : start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start, levels)) {
            return sorted(files.filter(file -> matcher.matches(file) && Files.isRegularFile(file)));
        }
    }

    private static PathMatcher matcher(String glob) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("glob '" + glob + "': " + e.getDescription(), e);
        }
    }
}
