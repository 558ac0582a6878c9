package io.lightstream.cli;

import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.Connection;
import io.lightstream.transport.Lightstream;
import java.io.Closeable;
import java.io.IOException;

/** One peer: connected to, or the first that comes. */
final class Peer implements Closeable {
    private final Connection connection;
    private final Closeable behind;

    private Peer(Connection connection, Closeable behind) {
        this.connection = connection;
        this.behind = behind;
    }

    static Peer one(String uri, boolean listen, LightstreamMemory memory, Shell shell) throws IOException {
        requirePeer(uri);
        if (listen) {
            Listening listening = Listening.on(uri, memory, shell);
            try {
                return new Peer(listening.server().accept(), listening::close);
            } catch (IOException | RuntimeException e) {
                Closeables.closeAfter(e, listening);
                throw e;
            }
        }
        try {
            return new Peer(Lightstream.connect(uri, memory), () -> {});
        } catch (IllegalArgumentException e) {
            throw new UsageException(e);
        }
    }

    /** Fails early where {@code uri} is a path. */
    static void requirePeer(String uri) {
        if (!(Location.of(uri) instanceof Location.Peer)) {
            throw new UsageException("'" + uri + "': expected a URI such as tcp://host:9000 or unix:///path");
        }
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() throws IOException {
        try (behind) {
            connection.close();
        }
    }
}
