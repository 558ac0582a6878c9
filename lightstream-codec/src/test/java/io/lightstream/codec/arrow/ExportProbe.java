package io.lightstream.codec.arrow;

import static io.lightstream.codec.build.Columns.dictionary;
import static io.lightstream.codec.build.Columns.utf8;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.Columns;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.ipc.Ipc;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcStreamReader;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.c.ArrowArray;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.ArrowSchema;
import org.apache.arrow.c.CDataDictionaryProvider;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;

/** Gives a stream of two batches with a dictionary each to the C data interface, and takes it back in several ways. */
final class ExportProbe {
    private static final Field LIST =
            Field.of("list", new DataType.ListType(), Field.of("item", new DataType.Int(32, true)));

    private ExportProbe() {}

    /** Takes batches out of an exported stream and counts them. */
    private interface Consumer {
        int consume(ArrowArrayStream stream, BufferAllocator allocator, List<RecordBatch> expected) throws IOException;
    }

    public static void main(String[] arguments) throws IOException {
        run("imported as a stream", ExportProbe::importStream);
        run("arrays behind their stream", ExportProbe::importArrays);
        run("a stream that nobody read", (stream, allocator, expected) -> {
            stream.release();
            return 0;
        });
    }

    private static void run(String what, Consumer consumer) throws IOException {
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            BufferAllocator allocator = memory.allocator();
            int count;
            try (RecordBatch one = batch(memory, "x", "y", "x");
                    RecordBatch other = batch(memory, "z", "z", null);
                    ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
                byte[] bytes = Ipc.stream(one, other);
                IpcStreamReader reader = IpcStreamReader.open(
                        Channels.newChannel(new ByteArrayInputStream(bytes)), allocator, IpcReadOptions.defaults());
                Data.exportArrayStream(allocator, reader.asArrowReader(allocator), stream);
                count = consumer.consume(stream, allocator, List.of(one, other));
            }
            System.out.println(
                    what + ": " + count + " batches, equal, " + allocator.getAllocatedMemory() + " bytes left");
        }
    }

    private static RecordBatch batch(LightstreamMemory memory, String... kinds) {
        return RecordBatch.of(
                memory,
                Columns.of(Field.of("id", new DataType.Int(64, true)), List.of(1L, 2L, 3L)),
                utf8("name", "a", null, "c"),
                Columns.of(LIST, Arrays.asList(List.of(1, 2), null, List.of())),
                dictionary(utf8("kind", kinds)));
    }

    private static int importStream(ArrowArrayStream stream, BufferAllocator allocator, List<RecordBatch> expected)
            throws IOException {
        int count = 0;
        try (ArrowReader reader = Data.importArrayStream(allocator, stream)) {
            while (reader.loadNextBatch()) {
                var dictionaries = new DictionaryProvider.MapDictionaryProvider();
                reader.getDictionaryVectors().values().forEach(dictionaries::put);
                requireEqual(expected.get(count), reader.getVectorSchemaRoot(), dictionaries);
                count++;
            }
        }
        return count;
    }

    /** As DuckDB may: the stream goes first. */
    private static int importArrays(ArrowArrayStream stream, BufferAllocator allocator, List<RecordBatch> expected)
            throws IOException {
        try (ArrowSchema schema = ArrowSchema.allocateNew(allocator);
                ArrowArray first = ArrowArray.allocateNew(allocator);
                ArrowArray second = ArrowArray.allocateNew(allocator);
                CDataDictionaryProvider dictionaries = new CDataDictionaryProvider()) {
            stream.getSchema(schema);
            stream.getNext(first);
            stream.getNext(second);
            stream.release();
            try (VectorSchemaRoot root = Data.importVectorSchemaRoot(allocator, schema, dictionaries)) {
                Data.importIntoVectorSchemaRoot(allocator, first, root, dictionaries);
                requireEqual(expected.get(0), root, dictionaries);
                Data.importIntoVectorSchemaRoot(allocator, second, root, dictionaries);
                requireEqual(expected.get(1), root, dictionaries);
            }
        }
        return 2;
    }

    private static void requireEqual(RecordBatch expected, VectorSchemaRoot root, DictionaryProvider dictionaries) {
        try (RecordBatch found = ArrowBatches.borrow(root, dictionaries)) {
            BatchComparison.compare(expected, found).ifPresent(difference -> {
                throw new AssertionError(difference);
            });
        }
    }
}
