package io.lightstream.mmap;

import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.internal.body.BodySource;
import io.lightstream.codec.memory.FileMappings;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The mapped parts of a file, made when something in them is first asked for. One spans the file where the JVM can map as
 * much, which Java 22 always can. Otherwise windows of at most 2 GiB begin at every GiB, so that whatever is not longer than a GiB
 * lies in one of few; what does not gets a window of its own:
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
    private final FileChannel channel;
    private final String source;
    private final long size;
    private final long longest;
    /** From the beginning of one window to that of the next. */
    private final long stride;

    private final List<BodySource.Window> windows = new ArrayList<>(1);

    /** @param longest bytes of a window; {@link FileMappings#LONGEST} but in tests */
    FileWindows(FileChannel channel, String source, long size, long longest) {
        this.channel = channel;
        this.source = source;
        this.size = size;
        this.longest = longest;
        this.stride = longest / 2 + 1;
    }

    /**
     * Fails where the file does not reach to {@code end} any more. To be asked before pages are read, since the JVM reports missing
     * ones late, and not always cleanly.
     */
    void requireBytes(long end) throws IOException {
        long now = channel.size();
        if (now < end) {
            throw cut(end, now);
        }
    }

    private TruncatedStreamException cut(long expected, long found) {
        return new TruncatedStreamException(
                source, found, "mapped file", "at least " + expected + " bytes, as when it was opened", found);
    }

    /** The body that begins at {@code bodyOffset} of the file. */
    BodySource<IOException> body(long bodyOffset) {
        return new Body(this, bodyOffset);
    }

    private record Body(FileWindows file, long bodyOffset) implements BodySource<IOException> {
        @Override
        public Window window(long offset, long length) throws IOException {
            Window window = file.window(bodyOffset + offset, length);
            return new Window(window.memory(), window.start() - bodyOffset);
        }
    }

    private BodySource.Window window(long position, long length) throws IOException {
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
        long start = position - position % stride;
        return position + length - start <= longest ? start : position;
    }

    private BodySource.Window map(long start) throws IOException {
        long length = Math.min(longest, size - start);
        try {
            return new BodySource.Window(FileMappings.map(channel, start, length), start);
        } catch (EOFException e) {
            throw cut(start + length, channel.size());
        }
    }

    /** Gives up the windows; those that batches use stay mapped until these are closed. */
    @Override
    public void close() {
        for (BodySource.Window window : windows) {
            window.memory().release();
        }
        windows.clear();
    }
}
