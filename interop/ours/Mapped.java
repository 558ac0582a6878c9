import io.lightstream.codec.BatchReader;
import io.lightstream.codec.Validation;
import io.lightstream.codec.compare.ReaderComparison;
import io.lightstream.codec.format.BatchFormats;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.mmap.MapOptions;
import io.lightstream.mmap.MappedArrowFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Maps Arrow files and streams, as they lie and realigned, and compares them with what is read from them without a mapping. Lines
 * on standard input, fields separated by tabs: the format (arrow, arrows) and the path. One line is answered for each: {@code ok},
 * or {@code error} and why.
 */
public final class Mapped {
    private Mapped() {}

    /** See the class. */
    public static void main(String[] args) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        BatchFormats formats = BatchFormats.load();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] fields = line.split("\t");
            System.out.println(answer(formats, fields[0], Path.of(fields[1])));
        }
    }

    private static String answer(BatchFormats formats, String format, Path path) {
        MapOptions options = MapOptions.defaults().withValidation(Validation.FULL);
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            for (boolean realign : new boolean[] {false, true}) {
                FileChannel input = FileChannel.open(path, StandardOpenOption.READ);
                try (BatchReader expected = formats.named(format).open(input, memory.allocator(), IpcReadOptions.defaults());
                        BatchReader found = MappedArrowFile.open(path, memory.allocator(), options.withRealign(realign))) {
                    var difference = ReaderComparison.compare(expected, found);
                    if (difference.isPresent()) {
                        return "error " + difference.get();
                    }
                }
            }
            return "ok";
        } catch (Exception | LinkageError | AssertionError e) {
            return "error " + e.toString().replace('\n', ' ');
        }
    }
}
