package io.lightstream.cli;

import io.lightstream.codec.format.BatchFormat;
import io.lightstream.codec.format.BatchFormats;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which format a source or sink has. */
final class Formats {
    static final String STREAM = "arrows";
    static final String FILE = "arrow";
    /** Formats that read and write Arrow's own bytes, and so know its compression. */
    static final List<String> ARROW = List.of(FILE, STREAM);

    /** Endings of what is not read yet; taking such a file for an Arrow stream would only confuse. */
    private static final List<String> FOREIGN_ENDINGS =
            List.of(".csv", ".csv.gz", ".tsv", ".parquet", ".json", ".json.gz");

    private final BatchFormats formats = BatchFormats.load();

    /** The format called {@code name}. */
    BatchFormat named(String name) {
        try {
            return formats.named(name);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e);
        }
    }

    /**
     * The format of a source: as asked for, else by its first bytes, else by its name. Anything else is taken for a stream,
     * because those of before Arrow 0.15 begin with nothing that could be recognized.
     */
    BatchFormat ofSource(@Nullable String asked, ByteBuffer head, @Nullable Path path) {
        if (asked != null) {
            return named(asked);
        }
        Optional<BatchFormat> recognized = formats.recognize(head);
        if (recognized.isPresent()) {
            return recognized.get();
        }
        return path == null || !isKnown(path) ? named(STREAM) : byName(path);
    }

    /** The format of a file that is to be written: as asked for, else by its name. */
    BatchFormat ofSink(@Nullable String asked, Path path) {
        if (asked != null) {
            return named(asked);
        }
        try {
            return byName(path);
        } catch (UsageException e) {
            throw new UsageException(e.getMessage() + "; --to says which if the name does not", e);
        }
    }

    /**
     * Fails where a connection was asked to carry another format. For the time before there is one: the peer could not tell
     * such an end from a failure.
     */
    static void requireStream(String option, @Nullable String asked) {
        if (asked != null && !asked.equals(STREAM)) {
            throw new UsageException(option + ": a connection carries an Arrow stream, found '" + asked + "'");
        }
    }

    private boolean isKnown(Path path) {
        String name = fileName(path).toLowerCase(Locale.ROOT);
        return FOREIGN_ENDINGS.stream().anyMatch(name::endsWith)
                || formats.all().stream()
                        .flatMap(format -> format.extensions().stream())
                        .anyMatch(name::endsWith);
    }

    private BatchFormat byName(Path path) {
        try {
            return formats.ofFile(fileName(path));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e);
        }
    }

    private static String fileName(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    /** As many of the first bytes as tell the format; fewer where there are no more. */
    static ByteBuffer head(ReadableByteChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(BatchFormats.HEAD_BYTES);
        int count = 0;
        while (count >= 0 && head.hasRemaining()) {
            count = channel.read(head);
        }
        return head.flip();
    }
}
