package io.lightstream.transport;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.internal.Closeables;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.IpcStreamWriter;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Schema;
import io.lightstream.transport.spi.CommonOptions;
import io.lightstream.transport.spi.Endpoint;
import io.lightstream.transport.spi.Link;
import io.lightstream.transport.spi.TransportProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The place to start: record batches from and to wherever a URI or path says.
 *
 * <ul>
 *   <li>{@code tcp://host:9000}, {@code unix:///path}, and the schemes of other transports on the class path;
 *   <li>{@code stdio:} or {@code -}, the standard streams of this process;
 *   <li>anything else is a file, named by its path or as {@code file:///path}. It is read by what its first bytes tell, else
 *       by its name, and written by its name: {@code .arrow} and {@code .feather} for the Arrow file format, {@code .arrows}
 *       for the stream, and those of other formats on the class path.
 * </ul>
 *
 * <p>URIs take options as query parameters, {@code tcp://host:9000?readTimeout=5s}; see {@link TransportOptions}.
 *
 * <p>A scheme, format or option that does not exist is an {@link IllegalArgumentException} that says what does. Everything
 * here may be used by several threads.
 */
public final class Lightstream {
    private static final String STDIO = "stdio:";

    private Lightstream() {}

    /**
     * Opens a source: connects and reads, or reads a file. Closing the reader closes the connection or file.
     *
     * @param memory batches are taken from a child of it; borrowed
     * @throws io.lightstream.codec.LightstreamException where the bytes are not what they should be
     * @throws IOException where connecting, opening or reading fails; nothing is left open then
     */
    public static BatchReader open(String uriOrPath, LightstreamMemory memory) throws IOException {
        return open(uriOrPath, memory, IpcReadOptions.defaults());
    }

    /**
     * As {@link #open(String, LightstreamMemory)}.
     *
     * @param options limits, validation and columns; the source's name is set
     */
    public static BatchReader open(String uriOrPath, LightstreamMemory memory, IpcReadOptions options)
            throws IOException {
        Optional<Path> path = path(uriOrPath);
        if (path.isPresent()) {
            return FileBatches.open(path.get(), memory, options);
        }
        Connection connection = connect(uriOrPath, memory);
        try {
            return connection.reader(options, true);
        } catch (IOException | RuntimeException | Error e) {
            Closeables.closeAfter(e, connection);
            throw e;
        }
    }

    /**
     * Creates a sink: connects and writes, or writes a file. Closing the writer ends the stream and closes the connection
     * or file.
     *
     * @throws IOException where connecting, creating or writing fails; nothing is left open then
     */
    public static BatchWriter create(String uriOrPath, Schema schema) throws IOException {
        Optional<Path> path = path(uriOrPath);
        if (path.isPresent()) {
            return FileBatches.create(path.get(), schema);
        }
        Link link = link(requireUri(uriOrPath), TransportOptions.defaults());
        return IpcStreamWriter.open(
                link.output(), schema, IpcWriteOptions.defaults().withSink(link.name()));
    }

    /**
     * Connects to a peer.
     *
     * @param memory batches are taken from a child of it; borrowed
     * @return a connection that the caller closes
     * @throws java.net.SocketTimeoutException where the peer does not answer within {@code connectTimeout}
     * @throws java.net.ConnectException where nobody listens
     * @throws IOException where else no connection comes about
     */
    public static Connection connect(String uri, LightstreamMemory memory) throws IOException {
        return connect(uri, memory, TransportOptions.defaults());
    }

    /** As {@link #connect(String, LightstreamMemory)}, with options; those of the URI's query go before. */
    public static Connection connect(String uri, LightstreamMemory memory, TransportOptions options)
            throws IOException {
        return Connection.over(link(requireUri(uri), options), memory);
    }

    /**
     * Listens for peers.
     *
     * @param memory what the connections' batches are taken from; borrowed
     * @return a server that the caller closes
     * @throws java.net.BindException where the address cannot be listened on
     * @throws IOException where else listening fails
     */
    public static Server listen(String uri, LightstreamMemory memory) throws IOException {
        return listen(uri, memory, ServerOptions.defaults());
    }

    /** As {@link #listen(String, LightstreamMemory)}, with options; those of the URI's query go before. */
    public static Server listen(String uri, LightstreamMemory memory, ServerOptions options) throws IOException {
        TransportUri parsed = requireUri(uri);
        TransportProvider provider = Transports.load().of(parsed.scheme());
        Endpoint endpoint = Transports.endpoint(
                parsed, provider, options.transport().options(), Set.of(CommonOptions.MAX_CONNECTIONS));
        int maxConnections = endpoint.options().get(CommonOptions.MAX_CONNECTIONS, Integer.MAX_VALUE);
        return new Server(provider.bind(endpoint), memory, options, maxConnections);
    }

    /**
     * The file that {@link #open} and {@link #create} would take {@code uriOrPath} for, so that others tell files from peers as
     * they do: a path, or the one that a {@code file:} URI says. No file is touched.
     *
     * @return empty for the URI of a transport, which may not be on the class path, and for {@code -}
     * @throws IllegalArgumentException where it is neither a path of this machine nor a URI
     */
    public static Optional<Path> path(String uriOrPath) {
        Optional<TransportUri> uri = uri(uriOrPath);
        return uri.isEmpty()
                ? Optional.of(Path.of(uriOrPath))
                : uri.filter(TransportUri::isFile).map(TransportUri::file);
    }

    private static Link link(TransportUri uri, TransportOptions options) throws IOException {
        TransportProvider provider = Transports.load().of(uri.scheme());
        return provider.connect(Transports.endpoint(uri, provider, options.options(), Set.of()));
    }

    private static TransportUri requireUri(String text) {
        return uri(text)
                .filter(uri -> !uri.isFile())
                .orElseThrow(() -> new IllegalArgumentException(
                        "URI: expected one such as tcp://host:9000 or unix:///path, found '" + text + "'"));
    }

    /** The URI that {@code text} is, unless it is a path: even one with a colon, as long as no transport is called so. */
    private static Optional<TransportUri> uri(String text) {
        String named = text.equals("-") ? STDIO : text;
        boolean isUri = TransportUri.isUri(
                named,
                scheme -> scheme.equals(TransportUri.FILE) || Transports.load().isKnown(scheme));
        return isUri ? TransportUri.parse(named) : Optional.empty();
    }
}
