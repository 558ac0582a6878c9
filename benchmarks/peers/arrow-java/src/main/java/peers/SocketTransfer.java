package peers;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;

/** Batches through ArrowStreamWriter and ArrowStreamReader over a socket. */
final class SocketTransfer {
    private static final int UNIX_SEND_BUFFER_BYTES = 4 << 20;

    private SocketTransfer() {}

    static void send(Flavor flavor, String address, Data data) throws IOException {
        Requests requests = new Requests();
        BufferAllocator allocator = flavor.allocator();
        try (SocketChannel socket = SocketChannel.open(socketAddress(address));
                VectorSchemaRoot root = data.root(allocator)) {
            tune(socket, address, flavor);
            Flavor.Sink sink = flavor.sink(socket);
            try (ArrowStreamWriter writer =
                    new ArrowStreamWriter(root, data.dictionaries(allocator), sink.channel())) {
                writer.start();
                requests.ready("");
                for (long batches = requests.next(); batches >= 0; batches = requests.next()) {
                    for (long batch = 0; batch < batches; batch++) {
                        writer.writeBatch();
                    }
                    sink.flush().run();
                    requests.sent(batches);
                }
                writer.end();
                sink.flush().run();
            }
        }
    }

    static void receive(Flavor flavor, String address) throws IOException {
        boolean unix = address.startsWith("unix:");
        Requests requests = new Requests();
        try (ServerSocketChannel server =
                unix ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open()) {
            server.bind(socketAddress(address));
            requests.ready(
                    unix
                            ? address
                            : "tcp:127.0.0.1:" + ((InetSocketAddress) server.getLocalAddress()).getPort());
            try (SocketChannel socket = server.accept();
                    ArrowStreamReader reader = new ArrowStreamReader(flavor.source(socket), flavor.allocator())) {
                tune(socket, address, flavor);
                Probe probe = new Probe();
                for (long batches = requests.next(); batches >= 0; batches = requests.next()) {
                    receive(reader, 1, probe);
                    long start = System.nanoTime();
                    receive(reader, batches - 1, probe);
                    requests.done(batches - 1, System.nanoTime() - start, probe.take());
                }
            }
        }
    }

    private static void receive(ArrowStreamReader reader, long batches, Probe probe) throws IOException {
        for (long batch = 0; batch < batches; batch++) {
            if (!reader.loadNextBatch()) {
                throw new EOFException("the sender left early");
            }
            probe.touch(reader.getVectorSchemaRoot());
        }
    }

    private static SocketAddress socketAddress(String address) {
        if (address.startsWith("unix:")) {
            return UnixDomainSocketAddress.of(address.substring("unix:".length()));
        }
        String[] hostAndPort = address.substring("tcp:".length()).split(":");
        return new InetSocketAddress(hostAndPort[0], Integer.parseInt(hostAndPort[1]));
    }

    /** As it comes, only the Unix socket gets the larger buffer: without it, the kernel's default is measured. */
    private static void tune(SocketChannel socket, String address, Flavor flavor) throws IOException {
        if (address.startsWith("unix:")) {
            socket.setOption(StandardSocketOptions.SO_SNDBUF, UNIX_SEND_BUFFER_BYTES);
        } else if (flavor != Flavor.AS_IT_COMES) {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
    }
}
