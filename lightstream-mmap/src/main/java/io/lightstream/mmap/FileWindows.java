package io.lightstream.mmap;

import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.internal.body.BodySource;
import io.lightstream.codec.memory.FileMappings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;

/**
 * The mapped parts of a file, made when something in them is first asked for. One spans the file where the JVM can map as
 * much, which Java 22 always can. Otherwise windows of at most 2 GiB begin at every GiB, so that half of all that can be
 * asked for lies in one of few; what does not gets a window of its own:
 *
 * <pre>
 * file    0       1       2       3       4 GiB
 * windows |---------------|
 *                 |---------------|
 *                         |---------------|
 * </pre>
 *
 * <p>Not thread-safe. Holds a reference of each window until it is closed; batches have their own.
 */
final class FileWindows implements AutoCloseable {
    private static final long STRIDE = 1L << 30;

    private final FileChannel channel;
    private final String source;
    private final long size;
    private final long longest;
    private final List<BodySource.Window> windows = new ArrayList<>(1);

    /** @param longest bytes of a window; {@link FileMappings#LONGEST} but in tests */
    FileWindows(FileChannel channel, String source, long size, long longest) {
        this.channel = channel;
        this.source = source;
        this.size = size;
        this.longest = longest;
    }

    /** The body that begins at {@code bodyOffset} of the file. */
    BodySource body(long bodyOffset) {
        return (offset, length) -> {
            BodySource.Window window = window(bodyOffset + offset, length);
            return new BodySource.Window(window.memory(), window.start() - bodyOffset);
        };
    }

    private BodySource.Window window(long position, long length) throws UnsupportedFeatureException {
        for (BodySource.Window window : windows) {
            if (window.holds(position, length)) {
                return window;
            }
        }
        if (length > longest) {
            throw new UnsupportedFeatureException(
                    source,
                    position,
                    "buffer of a mapped file",
                    "at most " + longest + " bytes before Java 22, which maps any size",
                    length);
        }
        BodySource.Window window = map(start(position, length));
        windows.add(window);
        return window;
    }

    private long start(long position, long length) {
        if (size <= longest) {
            return 0;
        }
        long start = position - position % STRIDE;
        return position + length - start <= longest ? start : position;
    }

    private BodySource.Window map(long start) {
        try {
            ArrowBuf memory = FileMappings.map(channel, start, Math.min(longest, size - start));
            return new BodySource.Window(memory, start);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives up the windows; those that batches use stay mapped until these are closed. */
    @Override
    public void close() {
        windows.forEach(window -> window.memory().getReferenceManager().release());
        windows.clear();
    }
}
