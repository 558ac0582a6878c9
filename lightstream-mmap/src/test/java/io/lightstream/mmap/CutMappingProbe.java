package io.lightstream.mmap;

import static io.lightstream.codec.build.Columns.int64;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.Validation;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.ipc.Compression;
import io.lightstream.codec.ipc.Ipc;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.FileMappings;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Cuts files under their mapping, again and again, and prints what came of it; a JVM of its own, as some ways to get this wrong
 * end the process. Arguments: a file, how often, and how often first without cutting, for the JIT compiler.
 */
final class CutMappingProbe {
    private static final int PAGE = 4_096;
    private static final int ROWS = 4_000;

    @SuppressWarnings("UnusedVariable") // keeps the JIT compiler from leaving out what is stored here
    private static volatile Object sink = "";

    private final Path path;
    private final LightstreamMemory memory;
    private int declared;
    private int whole;
    private int stray;

    private CutMappingProbe(Path path, LightstreamMemory memory) {
        this.path = path;
        this.memory = memory;
    }

    /** What is written, and how it is read. */
    private record Kind(
            String name, Compression compression, boolean dictionary, boolean unaligned, MapOptions options) {}

    @SuppressWarnings("SystemOut") // that is how it reports
    public static void main(String[] args) throws IOException {
        int rounds = Integer.parseInt(args[1]);
        int warmUps = Integer.parseInt(args[2]);
        MapOptions structure = MapOptions.defaults();
        MapOptions full = structure.withValidation(Validation.FULL_UTF8);
        for (Kind kind : List.of(
                new Kind("validated", Compression.NONE, false, false, full),
                new Kind("dictionary", Compression.NONE, true, false, full),
                new Kind("realigned", Compression.NONE, false, true, structure.withRealign(true)),
                new Kind("lz4", Compression.LZ4_FRAME, false, false, structure),
                new Kind("zstd", Compression.ZSTD, false, false, structure))) {
            try (LightstreamMemory memory = LightstreamMemory.create()) {
                CutMappingProbe probe = new CutMappingProbe(Path.of(args[0]), memory);
                probe.run(kind, rounds, warmUps);
                System.out.println(kind.name() + " declared " + probe.declared + " whole " + probe.whole + " stray "
                        + probe.stray + " leaked " + memory.allocator().getAllocatedMemory());
            }
        }
        System.out.println("view " + viewFault(Path.of(args[0])));
    }

    private void run(Kind kind, int rounds, int warmUps) throws IOException {
        byte[] bytes = bytes(kind);
        Files.write(path, bytes);
        for (int i = 0; i < warmUps; i++) {
            try (MappedArrowFile file = open(kind)) {
                file.batch(0).close();
            }
        }
        Random random = new Random(1);
        for (int i = 0; i < rounds; i++) {
            Files.write(path, bytes);
            int cut = i % 4 == 0 ? PAGE : PAGE * (1 + random.nextInt(bytes.length / 2 / PAGE));
            try (MappedArrowFile file = open(kind)) {
                file.batch(1).close();
                cut(i % 20 == 0 ? 0 : cut);
                batch(file);
                unrelated();
            } catch (InternalError late) {
                stray++;
            }
        }
    }

    private void batch(MappedArrowFile file) throws IOException {
        try (RecordBatch batch = file.batch(0)) {
            whole++;
        } catch (LightstreamException e) {
            declared++;
        }
    }

    /** Ways in which a thread comes past places where the JVM looks for errors that it has put off. */
    @SuppressWarnings("ThreadPriorityCheck") // only to call a native method
    private static void unrelated() {
        for (int i = 0; i < 50; i++) {
            sink = new byte[100 + i * 50].length + " bytes";
        }
        sink = "x" + new Object[40_000].length;
        Thread.yield();
    }

    private MappedArrowFile open(Kind kind) throws IOException {
        return MappedArrowFile.open(path, memory.allocator(), kind.options());
    }

    private void cut(long length) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    /** Two batches: the dictionary of the second is that of the first, and a delta. */
    private byte[] bytes(Kind kind) {
        Field text = Field.of("text", new DataType.Utf8());
        DictionaryEncoding encoding = new DictionaryEncoding(1, new DataType.Int(32, true), false);
        Schema schema = Schema.of(
                kind.dictionary() ? text.withDictionary(encoding) : text,
                Field.of("view", new DataType.Utf8View()),
                Field.of("large", new DataType.LargeUtf8()),
                Field.of("ends", new DataType.ListView(), Field.of("v", new DataType.Int(16, true))));
        List<RecordBatch> batches = new ArrayList<>();
        try (BatchBuilder builder = BatchBuilder.create(schema, memory.allocator())) {
            for (int batch = 0; batch < 2; batch++) {
                for (int row = 0; row < ROWS; row++) {
                    builder.column(0).appendValue("value " + (batch * ROWS + row));
                    builder.column(1).appendValue("a value that is too long to be inline " + row);
                    builder.column(2).appendValue("é" + row);
                    builder.column(3).appendValue(List.of(row, row + 1));
                }
                batches.add(builder.finish());
            }
            IpcWriteOptions options = IpcWriteOptions.defaults()
                    .withCompression(kind.compression())
                    .withDictionaryDeltas(true);
            byte[] stream = Ipc.stream(schema, options, batches);
            return kind.unaligned() ? shifted(stream) : Ipc.file(schema, options, batches);
        } finally {
            batches.forEach(RecordBatch::close);
        }
    }

    /** A stream without the 8 bytes of padding behind its schema, so that nothing lies on a 64-byte boundary. */
    private static byte[] shifted(byte[] stream) {
        int schemaLength = java.nio.ByteBuffer.wrap(stream)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getInt(Integer.BYTES);
        byte[] longer = new byte[stream.length + Long.BYTES];
        int end = 2 * Integer.BYTES + schemaLength;
        System.arraycopy(stream, 0, longer, 0, end);
        java.nio.ByteBuffer.wrap(longer)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putInt(Integer.BYTES, schemaLength + Long.BYTES);
        System.arraycopy(stream, end, longer, end + Long.BYTES, stream.length - end);
        return longer;
    }

    /** What users of views meet, as the documentation says. */
    private static String viewFault(Path path) throws IOException {
        try (LightstreamMemory memory = LightstreamMemory.create();
                RecordBatch numbers = RecordBatch.of(memory, int64("n", new long[2 * PAGE]))) {
            Files.write(path, Ipc.file(numbers));
        }
        try (MappedArrowFile file = MappedArrowFile.open(path);
                RecordBatch batch = file.batch(0)) {
            LongBuffer view = batch.column(0).longs();
            for (int i = 0; i < 2_000; i++) {
                sink = String.valueOf(sum(view));
            }
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(PAGE);
            }
            try {
                sink = String.valueOf(sum(view));
                FileMappings.throwPendingFault();
                return "nothing";
            } catch (InternalError e) {
                return e.getClass().getSimpleName();
            }
        }
    }

    private static long sum(LongBuffer view) {
        long sum = 0;
        for (int i = 0; i < view.limit(); i++) {
            sum += view.get(i);
        }
        return sum;
    }
}
