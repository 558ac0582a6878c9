package io.lightstream.architecture;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The poms and scripts of the project, found by walking its tree. */
final class BuildFiles {
    static final Path ROOT = Path.of(System.getProperty("lightstream.root", ".."))
            .toAbsolutePath()
            .normalize();

    private static final Set<String> GENERATED_OR_FOREIGN =
            Set.of("target", ".git", ".work", "node_modules", "out", ".venv");
    private static final Set<String> SCRIPT_FOLDERS = Set.of("bin", ".ci");
    private static final Pattern BUILD_FILE = Pattern.compile("pom\\.xml|.*\\.(sh|bash|config)");

    /** The compiler's plug-ins need the compiler opened. That is the build's business and no user's. */
    private static final Path COMPILER_FLAGS = Path.of(".mvn", "jvm.config");

    /** Other implementations run as their makers tell, flags included. */
    private static final Path PEERS = Path.of("benchmarks", "peers");

    private BuildFiles() {}

    static List<Path> all() throws IOException {
        var found = new ArrayList<Path>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean skipped =
                        GENERATED_OR_FOREIGN.contains(folder.getFileName().toString())
                                || ROOT.relativize(folder).equals(PEERS);
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (isBuildFile(ROOT.relativize(file)) || Files.isExecutable(file)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    private static boolean isBuildFile(Path relative) {
        if (relative.equals(COMPILER_FLAGS)) {
            return false;
        }
        Path folder = relative.getParent();
        return BUILD_FILE.matcher(relative.getFileName().toString()).matches()
                || (folder != null
                        && SCRIPT_FOLDERS.contains(folder.getFileName().toString()));
    }
}
