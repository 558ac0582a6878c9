package io.lightstream.mmap.follow;

import io.lightstream.codec.internal.Closeables;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;

/**
 * Changes of a file as the operating system tells of the directory that it lies in: inotify on Linux. Events that come while
 * nobody waits are kept, and many of them end one wait.
 *
 * <p>The JDK runs one daemon thread for each watch service, until it is closed.
 */
final class DirectoryEvents implements FileChanges {
    private final WatchService service;
    private final Path name;
    private final String source;

    private DirectoryEvents(WatchService service, Path name, String source) {
        this.service = service;
        this.name = name;
        this.source = source;
    }

    /**
     * @param source name of the file in errors
     * @throws IOException where there is no such directory, or the system watches no more of them for this user
     * @throws UnsupportedOperationException where the file system reports nothing
     */
    static DirectoryEvents of(Path file, String source) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path directory = absolute.getParent();
        Path name = absolute.getFileName();
        if (directory == null || name == null) {
            throw new IOException(file + " lies in no directory");
        }
        WatchService service = directory.getFileSystem().newWatchService();
        try {
            directory.register(
                    service,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_DELETE);
            return new DirectoryEvents(service, name, source);
        } catch (IOException | RuntimeException e) {
            Closeables.closeAfter(e, service);
            throw e;
        }
    }

    @Override
    public void await(long nanos) throws IOException {
        try {
            long deadline = System.nanoTime() + nanos;
            long left = nanos;
            while (left > 0) {
                WatchKey key = service.poll(left, TimeUnit.NANOSECONDS);
                if (key == null || concernsFile(key)) {
                    return;
                }
                left = deadline - System.nanoTime();
            }
        } catch (ClosedWatchServiceException e) {
            throw new FollowClosedException(source);
        } catch (InterruptedException e) {
            throw FileChanges.interrupted(source);
        }
    }

    /** Takes the events of the directory; others than those of the file are none of ours. */
    private boolean concernsFile(WatchKey key) {
        boolean concerned = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            concerned |= event.kind() == StandardWatchEventKinds.OVERFLOW || name.equals(event.context());
        }
        // Where the directory is gone there are no more events, and waits take their time.
        key.reset();
        return concerned;
    }

    /** Does nothing: a watch service cannot be woken. */
    @Override
    public void wakeUp() {}

    @Override
    public void close() throws IOException {
        service.close();
    }
}
