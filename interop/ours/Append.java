import io.lightstream.codec.BatchReader;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.ipc.IpcAppendOptions;
import io.lightstream.codec.ipc.IpcFileReader;
import io.lightstream.codec.ipc.IpcFileRecovery;
import io.lightstream.codec.ipc.IpcFileWriter;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcSealOptions;
import io.lightstream.codec.ipc.IpcStreamSeal;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Lightstream as an appender, for many files in one process. Lines on standard input, fields separated by tabs: what to do,
 * the source, the target. {@code append} copies the source and appends its own batches, {@code recover} does that, cuts the
 * last byte off and recovers the file, {@code seal} makes a file of a stream. One line is answered for each: {@code ok}, or
 * {@code error} and why.
 */
public final class Append {
    private Append() {}

    /** See the class. */
    public static void main(String[] args) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split("\t");
                System.out.println(answer(fields[0], Path.of(fields[1]), Path.of(fields[2]), memory));
            }
        }
    }

    private static String answer(String action, Path source, Path target, LightstreamMemory memory) {
        try {
            switch (action) {
                case "append" -> append(source, target, memory);
                case "recover" -> {
                    append(source, target, memory);
                    recover(target, memory);
                }
                case "seal" -> IpcStreamSeal.seal(source, target, memory.allocator(), IpcSealOptions.defaults());
                default -> throw new IllegalArgumentException("append, recover or seal, found " + action);
            }
            return "ok";
        } catch (Exception | LinkageError | AssertionError e) {
            return "error " + e.toString().replace('\n', ' ');
        }
    }

    private static void append(Path source, Path target, LightstreamMemory memory) throws IOException {
        Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        IpcReadOptions reading = IpcReadOptions.defaults().withSource(source.toString());
        IpcAppendOptions appending = IpcAppendOptions.defaults().withSink(target.toString());
        try (BatchReader batches = IpcFileReader.open(FileChannel.open(source), memory.allocator(), reading);
                IpcFileWriter writer = IpcFileWriter.append(open(target), memory.allocator(), appending)) {
            for (RecordBatch batch : batches) {
                writer.write(batch);
            }
        }
    }

    private static void recover(Path file, LightstreamMemory memory) throws IOException {
        try (FileChannel channel = open(file)) {
            channel.truncate(channel.size() - 1);
        }
        if (IpcFileRecovery.recover(file, memory.allocator()).isWhole()) {
            throw new IOException("nothing was found to be cut");
        }
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
}
