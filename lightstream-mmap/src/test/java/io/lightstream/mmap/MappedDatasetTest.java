package io.lightstream.mmap;

import static io.lightstream.codec.build.Columns.int32;
import static io.lightstream.codec.build.Columns.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.Columns;
import io.lightstream.codec.ipc.IpcFileWriter;
import io.lightstream.codec.ipc.IpcStreamWriter;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedDatasetTest {
    @TempDir
    Path folder;

    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void close() {
        memory.close();
    }

    /** A file of one batch for each of the values. */
    private Path file(String name, int... values) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        try (RecordBatch first = RecordBatch.of(memory, int32("v", 0));
                FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var out = name.endsWith(".arrows")
                        ? IpcStreamWriter.open(channel, first.schema(), IpcWriteOptions.defaults())
                        : IpcFileWriter.open(channel, first.schema(), IpcWriteOptions.defaults())) {
            for (int value : values) {
                try (RecordBatch batch = RecordBatch.of(memory, int32("v", value))) {
                    out.write(batch);
                }
            }
        }
        return path;
    }

    private static List<Integer> values(BatchReader reader) {
        List<Integer> values = new ArrayList<>();
        for (RecordBatch batch : reader) {
            values.add(batch.column(0).getInt(0));
        }
        return values;
    }

    @Test
    void readsTheFilesOfADirectoryInTheOrderOfTheirNames() throws IOException {
        file("b.arrows", 3, 4);
        file("a.arrow", 1, 2);
        file("c.arrow");
        file("d.feather", 5);
        file(".hidden.arrow", 99);
        file("_temporary.arrow", 99);
        file("below/e.arrow", 99);
        Files.writeString(folder.resolve("notes.txt"), "no Arrow");

        try (MappedDataset dataset = MappedDataset.open(folder.toString())) {
            assertThat(dataset.files())
                    .extracting(p -> p.getFileName().toString())
                    .containsExactly("a.arrow", "b.arrows", "c.arrow", "d.feather");
            assertThat(dataset.batchCount()).isEqualTo(5);
            assertThat(values(dataset)).containsExactly(1, 2, 3, 4, 5);
        }
    }

    @Test
    void readsWhatAGlobMatches() throws IOException {
        file("2026-01.arrow", 1);
        file("2026-02.arrow", 2);
        file("2025-12.arrow", 0);
        file("2026/03/x.arrow", 3);

        try (MappedDataset dataset = MappedDataset.open(folder + "/2026-*.arrow")) {
            assertThat(values(dataset)).containsExactly(1, 2);
        }
        try (MappedDataset dataset = MappedDataset.open(folder + "/*/0[1-5]/*.arrow")) {
            assertThat(values(dataset)).containsExactly(3);
        }
        try (MappedDataset dataset = MappedDataset.open(folder + "/**.arrow")) {
            assertThat(dataset.files()).hasSize(4);
        }
        try (MappedDataset dataset = MappedDataset.open(folder + "/2025-12.arrow")) {
            assertThat(values(dataset)).containsExactly(0);
        }
    }

    @Test
    void eachLoopBeginsWithTheFirstBatch() throws IOException {
        Path path = file("a.arrow", 1, 2);
        file("b.arrows", 3);
        try (MappedDataset dataset = MappedDataset.open(folder.toString());
                MappedArrowFile file = MappedArrowFile.open(path)) {
            assertThat(values(dataset)).containsExactly(1, 2, 3);
            assertThat(values(dataset)).containsExactly(1, 2, 3);
            assertThat(values(file)).containsExactly(1, 2);
            assertThat(file.next()).isFalse();
            assertThat(values(file)).containsExactly(1, 2);
            assertThat(file.iterator().next().column(0).getInt(0)).isEqualTo(1);
            assertThat(values(file)).containsExactly(1, 2);
        }
    }

    @Test
    void aPathIsNeverAGlob() throws IOException {
        Path first = file("[ab]/one.arrow", 1);
        Path second = file("a/two.arrow", 2);
        DatasetOptions options = DatasetOptions.defaults().withMaxOpen(1);
        try (MappedDataset dataset = MappedDataset.open(first.getParent())) {
            assertThat(values(dataset)).containsExactly(1);
        }
        try (MappedDataset dataset = MappedDataset.open(second.getParent(), memory.allocator(), options)) {
            assertThat(values(dataset)).containsExactly(2);
        }
        try (MappedDataset dataset = MappedDataset.open(folder + "/[a]/*.arrow", options)) {
            assertThat(values(dataset)).containsExactly(2);
        }
        try (MappedDataset dataset = MappedDataset.open(List.of(second, first), options)) {
            assertThat(values(dataset)).containsExactly(2, 1);
        }
        assertThatThrownBy(() -> MappedDataset.open(folder.resolve("[a]"), options))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void anyBatchCanBeHad() throws IOException {
        file("a.arrow", 0, 1, 2);
        file("b.arrow");
        file("c.arrows", 3);
        file("d.arrow", 4, 5);
        try (MappedDataset dataset = MappedDataset.open(folder.toString())) {
            for (int number : new int[] {5, 0, 3, 2, 4, 1}) {
                try (RecordBatch batch = dataset.batch(number)) {
                    assertThat(batch.column(0).getInt(0)).isEqualTo(number);
                }
            }
            assertThatThrownBy(() -> dataset.batch(6)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> dataset.batch(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void keepsNoMoreFilesMappedThanAllowed() throws IOException {
        for (int i = 0; i < 20; i++) {
            file("part-%02d.arrow".formatted(i), i);
        }
        DatasetOptions options = DatasetOptions.defaults().withMaxOpen(3);
        try (MappedDataset dataset = MappedDataset.open(folder.toString(), memory.allocator(), options)) {
            for (int number : IntStream.range(0, 100).map(i -> i * 7 % 20).toArray()) {
                try (RecordBatch batch = dataset.batch(number)) {
                    assertThat(batch.column(0).getInt(0)).isEqualTo(number);
                }
                assertThat(mapped()).isBetween(1L, 3L);
            }
            RecordBatch held = dataset.batch(0);
            values(dataset);
            assertThat(held.column(0).getInt(0)).isZero();
            assertThat(mapped()).isEqualTo(4);
            held.close();
            assertThat(mapped()).isEqualTo(3);
        }
        assertThat(mapped()).isZero();
    }

    private long mapped() throws IOException {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.filter(line -> line.contains(folder.toString())).count();
        }
    }

    @Test
    void namesTheDifferenceOfSchemas() throws IOException {
        Path first = file("a.arrow", 1);
        Path second = folder.resolve("b.arrow");
        try (RecordBatch batch = RecordBatch.of(memory, utf8("v", "text"));
                IpcFileWriter out = IpcFileWriter.open(
                        FileChannel.open(second, StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        batch.schema(),
                        IpcWriteOptions.defaults())) {
            out.write(batch);
        }
        assertThatThrownBy(() -> MappedDataset.open(folder.toString()))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessage(
                        "[" + second + "] schema: type of field 'v': expected int32 as in " + first + ", found utf8");
        assertThat(mapped()).isZero();
    }

    /** A file of one row of bytes, with this metadata of its schema and its column. */
    private void fileWith(String name, Map<String, String> ofSchema, Map<String, String> ofField) throws IOException {
        Field field = Field.of("v", new DataType.FixedSizeBinary(2)).withMetadata(ofField);
        Schema schema = Schema.of(field).withMetadata(ofSchema);
        try (RecordBatch batch = RecordBatch.of(memory, Columns.of(field, List.of(new byte[2])));
                FileChannel channel =
                        FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                IpcFileWriter out = IpcFileWriter.open(channel, schema, IpcWriteOptions.defaults())) {
            out.write(batch);
        }
    }

    /** As pandas writes the index of a table, with its first and last row. */
    @Test
    void customMetadataMayDiffer() throws IOException {
        Map<String, String> extension = Map.of(Field.EXTENSION_NAME, "pair");
        fileWith("a.arrow", Map.of("pandas", "0..5"), Map.of("id", "1", Field.EXTENSION_NAME, "pair"));
        fileWith("b.arrow", Map.of("pandas", "5..9"), extension);
        try (MappedDataset dataset = MappedDataset.open(folder.toString())) {
            assertThat(dataset.schema().metadata()).containsEntry("pandas", "0..5");
            assertThat(dataset.schema().field(0).metadata()).containsEntry("id", "1");
            assertThat(dataset.batchCount()).isEqualTo(2);
            try (RecordBatch second = dataset.batch(1)) {
                assertThat(second.schema().metadata()).containsEntry("pandas", "5..9");
            }
        }
        fileWith("c.arrow", Map.of(), Map.of(Field.EXTENSION_NAME, "point"));
        assertThatThrownBy(() -> MappedDataset.open(folder.toString()))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessageContaining("metadata of field 'v'")
                .hasMessageContaining("point");
    }

    @Test
    void aGlobThatIsNoneIsNamed() {
        assertThatThrownBy(() -> MappedDataset.open(folder + "/{a,b.arrow"))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("glob '" + folder + "/{a,b.arrow': Missing '}");
    }

    /** A path that the system refuses, which can only be made by moving one half of it below the other. */
    @Test
    void aDirectoryThatCannotBeReadIsAnIoException() throws IOException {
        file("x/a.arrow", 1);
        Path upper = folder.resolve("x");
        Path lower = folder.resolve("y");
        String name = "n".repeat(200);
        Path top = lower;
        for (int i = 0; i < 15; i++) {
            upper = upper.resolve(name);
            lower = lower.resolve(name);
        }
        Files.createDirectories(upper);
        Files.createDirectories(lower);
        Files.move(top, upper.resolve("y"));
        try {
            assertThatThrownBy(() -> MappedDataset.open(folder + "/**.arrow")).isInstanceOf(FileSystemException.class);
        } finally {
            Files.move(upper.resolve("y"), top);
        }
    }

    @Test
    void noticesAFileThatChanged() throws IOException {
        file("a.arrow", 1);
        Path second = file("b.arrow", 2);
        DatasetOptions options = DatasetOptions.defaults().withMaxOpen(1);
        try (MappedDataset dataset = MappedDataset.open(folder.toString(), memory.allocator(), options)) {
            dataset.batch(0).close();
            Files.delete(second);
            file("b.arrow", 2, 3);
            assertThatThrownBy(() -> dataset.batch(1))
                    .isInstanceOf(MalformedStreamException.class)
                    .hasMessageContaining("expected 1 as when the dataset was opened, found 2");
        }
    }

    @Test
    void needsAFile() throws IOException {
        assertThatThrownBy(() -> MappedDataset.open(folder.toString())).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> MappedDataset.open(folder + "/none/*.arrow")).isInstanceOf(NoSuchFileException.class);
        Files.writeString(folder.resolve("a.arrow"), "this is no Arrow file");
        assertThatThrownBy(() -> MappedDataset.open(folder.toString())).isInstanceOf(MalformedStreamException.class);
    }

    @Test
    void isClosedForGood() throws IOException {
        file("a.arrow", 1);
        MappedDataset dataset = MappedDataset.open(folder.toString());
        assertThat(dataset.next()).isTrue();
        dataset.close();
        dataset.close();
        assertThatThrownBy(dataset::next).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(dataset::batch).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> dataset.batch(0)).isInstanceOf(IllegalStateException.class);
    }
}
