package io.lightstream.transport.unix;

import io.lightstream.transport.spi.TransportErrors;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file that a listening socket leaves in the file system, and that outlives a process that was killed. */
final class SocketFile {
    private final Path path;
    private final @Nullable Object key;

    private SocketFile(Path path, @Nullable Object key) {
        this.path = path;
        this.key = key;
    }

    /** The file at {@code address}, which was just bound. */
    static SocketFile bound(UnixDomainSocketAddress address) throws IOException {
        return new SocketFile(address.getPath(), attributes(address.getPath()).fileKey());
    }

    /**
     * Makes room for a new socket: deletes one that nobody listens on.
     *
     * @throws java.net.BindException where somebody does, where the file is none of a socket, or where it cannot be told or deleted
     */
    static void deleteStale(String source, UnixDomainSocketAddress address) throws IOException {
        Optional<String> obstacle;
        try {
            obstacle = obstacle(address);
            if (obstacle.isEmpty()) {
                Files.deleteIfExists(address.getPath());
                return;
            }
        } catch (IOException e) {
            throw TransportErrors.bindFailed(source, e);
        }
        throw TransportErrors.bindFailed(source, obstacle.get(), null);
    }

    /** What must not be deleted, if it is such. */
    private static Optional<String> obstacle(UnixDomainSocketAddress address) throws IOException {
        try {
            if (!attributes(address.getPath()).isOther()) {
                return Optional.of("a file that is no socket");
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return isListenedOn(address) ? Optional.of("a socket that somebody listens on") : Optional.empty();
    }

    /** Deletes the file, unless somebody has put another one in its place. */
    void delete() throws IOException {
        try {
            if (Objects.equals(key, attributes(path).fileKey())) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            return; // somebody was faster
        }
    }

    private static boolean isListenedOn(UnixDomainSocketAddress address) throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            // A full backlog would block a blocking probe; whatever is not refused is somebody's.
            probe.configureBlocking(false);
            probe.connect(address);
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
