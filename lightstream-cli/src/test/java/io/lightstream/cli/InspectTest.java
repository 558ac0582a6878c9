package io.lightstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import io.lightstream.codec.schema.TimeUnit;
import io.lightstream.transport.Lightstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectTest {
    @TempDir
    Path folder;

    private Path file;
    private Path stream;

    @BeforeEach
    void writeTable() throws IOException {
        file = Tables.write(folder.resolve("table.arrow"), 1, 10);
        stream = Tables.write(folder.resolve("table.arrows"), 1, 10);
    }

    @Test
    void programsGetALineForEachThing() {
        assertThat(kinds(Run.of("inspect", stream).done()))
                .containsExactly("schema", "dictionary", "record-batch", "record-batch", "end-of-stream");
        assertThat(kinds(Run.of("inspect", file).done()))
                .containsExactly("dictionary", "record-batch", "record-batch", "footer");
        assertThat(lines(Run.of("inspect", file), "field"))
                .containsExactly(
                        List.of("field", "id", "int32", "nullable", "", "", ""),
                        List.of("field", "name", "utf8", "nullable", "", "", ""),
                        List.of("field", "city", "utf8", "nullable", "0", "int32", "unordered"));
        assertThat(lines(Run.of("inspect", file), "source"))
                .singleElement()
                .satisfies(source -> assertThat(source)
                        .containsExactly(
                                "source",
                                file.toString(),
                                "arrow",
                                String.valueOf(Files.size(file)),
                                "little",
                                "2",
                                "20"));
    }

    @Test
    void whatWeWriteIsAlignedAndFollowsWithoutGaps() {
        long next = 0;
        for (List<String> message : lines(Run.of("inspect", stream), "message")) {
            long position = Long.parseLong(message.get(3));
            assertThat(position).isEqualTo(next);
            next = position + Long.parseLong(message.get(4));
            if (!message.get(5).isEmpty()) {
                assertThat(Long.parseLong(message.get(5)))
                        .isEqualTo(next)
                        .satisfies(at -> assertThat(at % 64).isZero());
                assertThat(message.get(7)).isEqualTo("64");
                next += Long.parseLong(message.get(6));
            }
        }
        assertThat(next).isEqualTo(stream.toFile().length());
    }

    @Test
    void pipesAndFilesTellTheSame() throws IOException {
        for (Path source : List.of(file, stream)) {
            assertThat(Run.reading(Files.readAllBytes(source), "inspect", "-")
                            .done()
                            .text())
                    .isEqualTo(Run.of("inspect", source).text().replace(source.toString(), "-"));
        }
    }

    @Test
    void jsonIsOneObject() throws IOException {
        var json = new com.fasterxml.jackson.core.JsonFactory();
        try (var parser =
                json.createParser(Run.of("inspect", "--json", file).done().text())) {
            int depth = 0;
            int batches = 0;
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                batches += "record-batch".equals(parser.getText()) ? 1 : 0;
            }
            assertThat(depth).isZero();
            assertThat(batches).isEqualTo(2);
        }
    }

    @Test
    void peopleGetATable() {
        String shown = Run.onTerminal("inspect", file).done().text();

        assertThat(shown).contains("Arrow file", "20 rows in 2 batches", "city: utf8, dictionary id 0 by int32");
        assertThat(shown.lines().filter(line -> line.contains("record-batch"))).hasSize(2);
        assertThat(Run.of("inspect", "--table", file).text()).isEqualTo(shown);
    }

    /** Neither what is named by the data nor what describes their types may move the cursor. */
    @Test
    void whatComesFromOutsideIsEscapedForPeople() throws IOException {
        DataType type = new DataType.Timestamp(TimeUnit.SECOND, Optional.of("A\u001b[31m\n\tB"));
        Schema schema = new Schema(List.of(Field.of("n\u001b\u2028", type)), Map.of("key\u0007", "a\nb"));
        Path named = folder.resolve("named.arrow");
        try (LightstreamMemory memory = LightstreamMemory.create();
                BatchBuilder builder = BatchBuilder.create(schema, memory.allocator());
                RecordBatch none = builder.finish();
                BatchWriter writer = Lightstream.create(named.toString(), schema)) {
            writer.write(none);
        }
        String shown = Run.onTerminal("inspect", named).done().text();
        assertThat(shown)
                .contains(
                        "  n\\u001b\\u2028: timestamp[s, A\\u001b[31m\\u000a\\u0009B]\n", "  key\\u0007 = a\\u000ab\n")
                .contains("0 rows in 1 batch, ")
                .doesNotContain("\u001b");
    }

    @Test
    void damageIsExitCodeThree() throws IOException {
        byte[] bytes = Files.readAllBytes(stream);
        Run.reading(Arrays.copyOf(bytes, bytes.length - 100), "inspect", "-").failed(ExitCode.BAD_DATA, "[- @");
        Run.reading(new byte[0], "inspect", "-").failed(ExitCode.BAD_DATA, "expected a schema");
        byte[] cut = Arrays.copyOf(Files.readAllBytes(file), 200);
        Run.of("inspect", Files.write(folder.resolve("cut.arrow"), cut)).failed(ExitCode.BAD_DATA, "cut.arrow @");
        Run.of("inspect", folder.resolve("none")).failed(ExitCode.IO, "no such file");
        Run.of("inspect", "--from", "json", file).failed(ExitCode.USAGE, "json");
        Run.of("inspect", "trips:10").failed(ExitCode.USAGE, "trips:10");
    }

    private static List<String> kinds(Run run) {
        return lines(run, "message").stream().map(parts -> parts.get(2)).toList();
    }

    private static List<List<String>> lines(Run run, String kind) {
        Stream<List<String>> lines = run.text().lines().map(line -> List.of(line.split("\t", -1)));
        return lines.filter(parts -> parts.get(0).equals(kind)).toList();
    }
}
