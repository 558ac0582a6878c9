import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.format.BatchFormats;
import io.lightstream.codec.ipc.Compression;
import io.lightstream.codec.ipc.IpcFileWriter;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcStreamWriter;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Schema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Lightstream as a writer, for many tables in one process. Lines on standard input, fields separated by tabs: the source,
 * its format (arrow, arrows, json), the target, its format (arrow, arrows), compression (none, lz4, zstd) and deltas (true,
 * false). One line is answered for each: {@code ok}, or {@code error} and why.
 */
public final class Convert {
    private final BatchFormats formats = BatchFormats.load();
    private final LightstreamMemory memory;

    private Convert(LightstreamMemory memory) {
        this.memory = memory;
    }

    /** See the class. */
    public static void main(String[] args) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            Convert convert = new Convert(memory);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(convert.answer(line.split("\t")));
            }
        }
    }

    private String answer(String[] fields) {
        IpcWriteOptions options = IpcWriteOptions.defaults()
                .withSink(fields[2])
                .withCompression(compression(fields[4]))
                .withDictionaryDeltas(Boolean.parseBoolean(fields[5]));
        try {
            convert(fields[0], fields[1], Path.of(fields[2]), fields[3], options);
            return "ok";
        } catch (Exception | LinkageError | AssertionError e) {
            return "error " + e.toString().replace('\n', ' ');
        }
    }

    private void convert(String source, String from, Path target, String to, IpcWriteOptions options) throws IOException {
        IpcReadOptions reading = IpcReadOptions.defaults().withSource(source);
        FileChannel input = FileChannel.open(Path.of(source), StandardOpenOption.READ);
        try (BatchReader batches = formats.named(from).open(input, memory.allocator(), reading);
                BatchWriter writer = create(target, batches.schema(), to, options)) {
            for (RecordBatch batch : batches) {
                writer.write(batch);
            }
        }
    }

    private static BatchWriter create(Path target, Schema schema, String to, IpcWriteOptions options) throws IOException {
        WritableByteChannel output = FileChannel.open(
                target, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        return to.equals("arrow")
                ? IpcFileWriter.open(output, schema, options)
                : IpcStreamWriter.open(output, schema, options);
    }

    private static Compression compression(String name) {
        return switch (name) {
            case "none" -> Compression.NONE;
            case "lz4" -> Compression.LZ4_FRAME;
            case "zstd" -> Compression.ZSTD;
            default -> throw new IllegalArgumentException("compression: expected none, lz4 or zstd, found " + name);
        };
    }
}
