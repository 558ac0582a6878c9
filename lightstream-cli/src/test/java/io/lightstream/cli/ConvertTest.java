package io.lightstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertTest {
    @TempDir
    Path folder;

    private Path table;

    @BeforeEach
    void writeTable() throws IOException {
        table = Tables.write(folder.resolve("table.arrow"), 1, 1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy.arrow", "copy.arrows", "copy.feather", "copy.json", "copy.json.gz"})
    void everyFormatKeepsTheTable(String name) throws IOException {
        Path copy = folder.resolve(name);
        Path back = folder.resolve("back.arrow");

        Run.of("convert", table, copy).done();
        Run.of("convert", copy, back).done();

        Tables.assertSame(table, back);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lz4", "zstd", "zstd:19", "zstd:-3"})
    void everyCompressionKeepsTheTableAndSavesRoom(String compression) throws IOException {
        Path copy = folder.resolve("copy.arrow");

        Run.of("convert", "--compression", compression, table, copy).done();

        Tables.assertSame(table, copy);
        assertThat(Files.size(copy)).isLessThan(Files.size(table));
        assertThat(Run.of("inspect", copy).text()).contains("\t" + compression.substring(0, 3));
    }

    @Test
    void aCompressionThatDoesNotExistIsRefused() {
        for (String compression : List.of("gzip", "zstd:99", "zstd:", "zstd:x")) {
            assertThat(Run.of("convert", "--compression", compression, table, folder.resolve("x.arrow"))
                            .exitCode())
                    .isEqualTo(ExitCode.USAGE);
        }
        Run.of("convert", "--compression", "lz4", table, folder.resolve("x.json"))
                .failed(ExitCode.USAGE, "json");
    }

    @Test
    void aFileCanBeConvertedOntoItself() throws IOException {
        Path copy = Files.copy(table, folder.resolve("copy.arrow"));

        Run.of("convert", "--compression", "zstd", copy, copy).done();

        Tables.assertSame(table, copy);
    }

    @Test
    void whereTheSourceIsBadTheTargetStaysAsItWas() throws IOException {
        byte[] stream = Run.of("cat", table).bytes();
        Path broken = Files.write(folder.resolve("broken.arrows"), Arrays.copyOf(stream, stream.length / 2));
        Path target = Files.writeString(folder.resolve("target.arrow"), "before");

        Run.of("convert", broken, target).failed(ExitCode.BAD_DATA, "broken.arrows @");

        assertThat(target).hasContent("before");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(table, broken, target);
        }
    }

    @Test
    void aStreamOfABadSourceHasNoEnd() throws IOException {
        byte[] stream = Run.of("cat", table).bytes();

        Run broken = Run.reading(Arrays.copyOf(stream, stream.length - 200), "cat", "-");

        broken.failed(ExitCode.BAD_DATA, "[- @");
        assertThat(Tables.rows(Run.reading(broken.bytes(), "head", "-n", 1000, "-")
                        .done()
                        .bytes()))
                .isEqualTo(1000);
        Run.reading(broken.bytes(), "cat", "-").failed(ExitCode.BAD_DATA, "[- @");
        byte[] end = {-1, -1, -1, -1, 0, 0, 0, 0};
        assertThat(Arrays.equals(
                        end, Arrays.copyOfRange(broken.bytes(), broken.bytes().length - 8, broken.bytes().length)))
                .isFalse();
        assertThat(stream).endsWith(end);
    }

    @Test
    void whatCannotBeWrittenIsExitCodeFour() {
        Run.of("convert", table, folder.resolve("none").resolve("x.arrow")).failed(ExitCode.IO, "no such directory");
        Run.of("convert", "--to", "arrow", table, folder).failed(ExitCode.IO, "is a directory");
        Run.of("convert", table, folder).failed(ExitCode.IO, "is a directory");
    }

    @Test
    void anUnknownNameIsRefusedBeforeAnythingIsRead() {
        Run.of("convert", folder.resolve("none.arrow"), folder.resolve("x.unknown"))
                .failed(ExitCode.USAGE, "x.unknown", "--to");
    }
}
