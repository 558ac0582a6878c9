package io.lightstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateTest {
    @TempDir
    Path folder;

    private Path file;
    private Path stream;
    private Path json;
    private Path otherJson;
    private Path broken;

    @BeforeEach
    void writeTables() throws IOException {
        file = Tables.write(folder.resolve("table.arrow"), 1, 10);
        stream = Tables.write(folder.resolve("table.arrows"), 1, 10);
        json = folder.resolve("table.json.gz");
        otherJson = folder.resolve("other.json");
        Run.of("convert", file, json).done();
        Run.of("convert", Tables.write(folder.resolve("other.arrow"), 2, 10), otherJson)
                .done();
        byte[] bytes = Files.readAllBytes(stream);
        broken = Files.write(folder.resolve("broken"), Arrays.copyOf(bytes, bytes.length - 100));
    }

    @Test
    void equalIsZero() {
        assertThat(Run.of("validate", "--arrow", file, "--json", json).done().text())
                .startsWith("ok\t" + file);
        Run.of("validate", "--arrow", stream, "--json", json, "--stream").done();
        Run.of("validate", "--arrow", file).done();
    }

    @Test
    void differentIsOne() {
        Run run = Run.of("validate", "--arrow", file, "--json", otherJson);

        assertThat(run.exitCode()).isEqualTo(ExitCode.DIFFERENT);
        assertThat(run.text()).startsWith("differs\t" + file + "\tbatch 0, row 0, column 'id': expected 2, found 1");
        assertThat(run.errors()).isEmpty();
    }

    @Test
    void badDataIsThreeWhateverTheJsonSays() {
        for (Path oracle : List.of(json, otherJson, folder.resolve("none.json"))) {
            Run.of("validate", "--stream", "--arrow", broken, "--json", oracle).failed(ExitCode.BAD_DATA, "[" + broken);
        }
        Run.of("validate", "--arrow", stream, "--json", json).failed(ExitCode.BAD_DATA, "magic");
        Run.of("validate", "--arrow", file, "--json", broken).failed(ExitCode.BAD_DATA, "[" + broken);
    }

    @Test
    void textIsCheckedUnlessLessIsAskedFor() throws IOException {
        byte[] bytes = Files.readAllBytes(stream);
        int text = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("name 1");
        bytes[text] = (byte) 0xFF;
        Files.write(stream, bytes);

        Run.of("validate", "--stream", "--arrow", stream)
                .failed(ExitCode.BAD_DATA, "of text field 'name': expected UTF-8");
        Run.of("validate", "--stream", "--validation", "full", "--arrow", stream)
                .done();
        Run.of("cat", stream).done();
    }

    @Test
    void whatCannotBeReadIsFour() {
        Run.of("validate", "--arrow", folder.resolve("none"), "--json", json).failed(ExitCode.IO, "none: no such file");
        Run.of("validate", "--arrow", file, "--json", folder.resolve("none")).failed(ExitCode.IO, "none: no such file");
        Run.of("validate", "--batch", folder.resolve("none")).failed(ExitCode.IO, "none: no such file");
    }

    /** It says nothing about the data, which are good. */
    @Test
    void wantOfMemoryIsFour() throws IOException {
        Path list = Files.writeString(folder.resolve("list.tsv"), line("stream", stream, "-"));

        Run.of("validate", "--limit-memory", 0, "--stream", "--arrow", stream)
                .failed(ExitCode.IO, "[" + stream, "--limit-memory");
        Run run = Run.of("validate", "--limit-memory", 0, "--batch", list);
        assertThat(run.text()).startsWith("error\t" + stream + "\t[" + stream);
        assertThat(run.exitCode()).isEqualTo(ExitCode.IO);
    }

    @Test
    void anEmptyNameIsExitCodeTwo() {
        Run.of("validate", "--arrow", "").failed(ExitCode.USAGE, "--arrow: expected a file, found an empty name");
        Run.of("validate", "--batch", "").failed(ExitCode.USAGE, "--batch: expected a file, found an empty name");
        assertThat(Run.reading("file\t\t".getBytes(StandardCharsets.UTF_8), "validate", "--batch", "-")
                        .text())
                .startsWith("error\t\t''");
    }

    @Test
    void oneOfTheTwoFormsIsNeeded() {
        assertThat(Run.of("validate").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Run.of("validate", "--json", json).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Run.of("validate", "--arrow", file, "--batch", "-").exitCode())
                .isEqualTo(ExitCode.USAGE);
        Run.of("validate", "--from", "arrows", "--arrow", stream).failed(ExitCode.USAGE, "--stream");
    }

    @Test
    void aListIsAnsweredLineByLine() throws IOException {
        String list = String.join(
                "\n",
                line("file", file, json),
                line("stream", stream, otherJson),
                line("stream", broken, json),
                line("file", folder.resolve("none"), json),
                line("stream", file, json),
                line("stream", "\0", json),
                "file",
                "folder\t" + file + "\t" + json,
                "\u0000\t\t\t\t",
                "",
                "file\t" + file + "\t",
                line("file", file, json));

        Run run = Run.of("validate", "--batch", Files.writeString(folder.resolve("list.tsv"), list));

        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.IO);
        assertThat(run.text().lines().map(line -> line.substring(0, line.indexOf('\t'))))
                .containsExactly(
                        "ok",
                        "differs",
                        "malformed",
                        "error",
                        "malformed",
                        "error",
                        "error",
                        "error",
                        "error",
                        "ok",
                        "ok");
        assertThat(run.text().lines()).allMatch(line -> line.split("\t", -1).length == 3);
        assertThat(run.text().lines().skip(2).findFirst().orElseThrow())
                .startsWith("malformed\t" + broken + "\t[" + broken);
    }

    @Test
    void aColumnThatDoesNotExistIsExitCodeTwo() throws IOException {
        Path wide = folder.resolve("wide.json");
        Path narrow = folder.resolve("narrow.json");
        Run.of("convert", file, wide).done();
        Run.of("convert", "-c", "id", file, narrow).done();
        Path list = Files.writeString(
                folder.resolve("list.tsv"),
                line("file", file, wide) + "\n" + line("file", file, narrow) + "\n" + line("file", file, wide));

        Run.of("validate", "-c", "id", "--arrow", file, "--json", wide).done();
        Run.of("validate", "-c", "nobody", "--arrow", file)
                .failed(ExitCode.USAGE, "[" + file + " @", "column 'nobody': expected one of [id, ");
        Run.of("validate", "-c", "name", "--arrow", file, "--json", narrow)
                .failed(ExitCode.USAGE, "[" + narrow, "column 'name': expected one of [id]");
        Run ended = Run.of("validate", "-c", "name", "--batch", list);
        ended.failed(ExitCode.USAGE, "column 'name': expected one of [id]");
        assertThat(ended.text().lines()).hasSize(1);
    }

    @Test
    void aListWithoutErrorsHasTheCodeOfItsWorstLine() {
        byte[] differs = line("file", file, otherJson).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] malformed = (line("file", file, otherJson) + "\n" + line("stream", broken, json))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);

        assertThat(Run.reading(differs, "validate", "--batch", "-").exitCode()).isEqualTo(ExitCode.DIFFERENT);
        assertThat(Run.reading(malformed, "validate", "--batch", "-").exitCode())
                .isEqualTo(ExitCode.BAD_DATA);
    }

    @Test
    void theGoldenFilesSayWhatTheirJsonSays() throws IOException {
        Path golden = corpora().resolve("arrow-testing/data/arrow-ipc-stream/integration");
        assumeTrue(Files.isDirectory(golden), "no corpora at " + golden);
        StringBuilder list = new StringBuilder();
        for (Path found : files(golden)) {
            String path = found.toString();
            String base = path.replaceFirst("\\.(arrow_file|stream)$", "");
            if (!base.equals(path)) {
                list.append(line(path.endsWith("stream") ? "stream" : "file", path, base + ".json.gz"))
                        .append('\n');
            }
        }

        Run run = Run.of("validate", "--batch", Files.writeString(folder.resolve("golden.tsv"), list));

        assertThat(run.text().lines()).isNotEmpty().allMatch(line -> line.startsWith("ok\t"));
        run.done();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    static Path corpora() {
        String set = System.getenv("LIGHTSTREAM_CORPORA");
        return set != null
                ? Path.of(set)
                : Path.of(System.getProperty("lightstream.root", "..")).resolve("../shared/corpora");
    }

    private static String line(String kind, Object arrow, Object json) {
        return kind + "\t" + arrow + "\t" + json;
    }
}
