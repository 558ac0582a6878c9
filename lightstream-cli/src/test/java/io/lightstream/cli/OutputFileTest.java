package io.lightstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    @TempDir
    Path folder;

    private Path table;

    @BeforeEach
    void writeTable() throws IOException {
        table = Tables.write(folder.resolve("table.arrow"), 1, 100);
    }

    @Test
    void aLinkStaysOneEvenWhereItLeadsToNothingYet() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Path far = Files.createSymbolicLink(other.resolve("far.arrow"), Path.of("../target.arrow"));
        Path near = Files.createSymbolicLink(folder.resolve("near.arrow"), Path.of("other/far.arrow"));
        Path target = folder.resolve("target.arrow");

        for (String compression : List.of("none", "lz4")) {
            Run.of("convert", "--compression", compression, table, near).done();

            assertThat(near).isSymbolicLink();
            assertThat(far).isSymbolicLink();
            assertThat(target).isRegularFile();
            Tables.assertSame(table, target);
            Files.delete(target);
        }
    }

    @Test
    void aLoopOfLinksIsAnErrorThatNamesIt() throws IOException {
        Path one = Files.createSymbolicLink(folder.resolve("one.arrow"), Path.of("two.arrow"));
        Path two = Files.createSymbolicLink(folder.resolve("two.arrow"), Path.of("one.arrow"));

        Run.of("convert", table, one).failed(ExitCode.IO, one + ": a loop of links");

        assertThat(one).isSymbolicLink();
        assertThat(two).isSymbolicLink();
    }

    @Test
    void aNameMayBeAsLongAsTheFileSystemAllows() throws IOException {
        Path longest = folder.resolve("x".repeat(249) + ".arrow");
        Run.of("convert", table, longest).done();
        Tables.assertSame(table, longest);

        Path tooLong = folder.resolve("x".repeat(250) + ".arrow");
        Run.of("convert", table, tooLong).failed(ExitCode.IO, tooLong + ": file name too long");
        assertOnly(table, longest);
    }

    @Test
    void errorsNameTheFileThatWasAskedFor() throws IOException {
        Path locked = Files.createDirectory(
                folder.resolve("locked"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
        assumeFalse(Files.isWritable(locked), "this user may write anywhere");
        Path target = locked.resolve("new.arrow");

        Run.of("convert", table, target).failed(ExitCode.IO, "lightstream: " + target + ": permission denied");
        Run.of("seal", Tables.write(folder.resolve("log.arrows"), 1, 10), target)
                .failed(ExitCode.IO, "lightstream: " + target + ": permission denied");
    }

    @Test
    void aFileInAFolderThatTakesNoOtherIsWrittenInPlace() throws IOException {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        Path target = Files.copy(table, locked.resolve("table.arrow"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(locked), "this user may write anywhere");
            Run.of("convert", "--compression", "lz4", target, target).done();
        } finally {
            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Tables.assertSame(table, target);
        assertThat(Files.size(target)).isLessThan(Files.size(table));
    }

    /** Not even root makes a file in this folder. What the file keeps of it is the name of the JVM's first thread. */
    @Test
    void aFileOfTheKernelIsWrittenInPlace() throws IOException {
        Path name = Path.of("/proc/self/comm");
        assumeTrue(Files.isRegularFile(name) && Files.isWritable(name), "no such file here");
        String before = Files.readString(name);
        try {
            Run.of("convert", "--to", "arrow", table, name).done();
            assertThat(Files.readString(name)).startsWith("ARROW1");
        } finally {
            Files.writeString(name, before);
        }
    }

    @Test
    void whatIsCopiedInPlaceLeavesTheOldUntilItIsComplete() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "the old content");
        Object before = Files.getAttribute(target, "unix:ino");

        CopiedFile abandoned = CopiedFile.create(target);
        abandoned.channel().write(ByteBuffer.wrap(new byte[100]));
        abandoned.abandon();
        assertThat(target).hasContent("the old content");

        CopiedFile complete = CopiedFile.create(target);
        try (var channel = complete.channel()) {
            channel.write(ByteBuffer.wrap("new".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        assertThat(target).hasContent("the old content");
        complete.commit();
        assertThat(target).hasContent("new");
        assertThat(Files.getAttribute(target, "unix:ino")).isEqualTo(before);
        assertOnly(table, target);
    }

    private void assertOnly(Path... expected) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(expected);
        }
    }
}
