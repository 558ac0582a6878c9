import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * What the sockets of this machine give when nothing is decoded: the same number of bytes as a shape's batches, from
 * direct memory to recycled direct memory.
 *
 * <ul>
 *   <li>{@code raw}: the bytes come from a buffer as large as the batch and go to another one: every batch crosses main
 *       memory twice, as data that is used before and after must.
 *   <li>{@code raw-hot}: sender and receiver use the same few hundred kilobytes again and again, which never leave the
 *       processor's cache. Nobody who keeps what he receives can reach this.
 * </ul>
 */
final class Raw {
    private static final int WRITE_BYTES = 512 * 1024;
    private static final int WRITE_BUFFERS = 8;
    private static final int READ_BYTES = 256 * 1024;
    private static final int UNIX_SEND_BUFFER_BYTES = 4 << 20;

    private Raw() {}

    public static void main(String[] arguments) throws IOException {
        boolean hot = arguments[0].equals("raw-hot");
        String address = arguments[2];
        long batchBytes = batchBytes(arguments[3]);
        if (arguments[1].equals("receive")) {
            receive(address, batchBytes, hot);
        } else {
            send(address, batchBytes, hot);
        }
    }

    private static long batchBytes(String shape) {
        return switch (shape) {
            case "A" -> 2_888_894;
            case "B" -> 32_000_000;
            case "C" -> 2_594;
            case "D" -> 67_108_864;
            case "E" -> 8_000_000;
            default -> throw new IllegalArgumentException("unknown shape " + shape);
        };
    }

    private static void send(String address, long batchBytes, boolean hot) throws IOException {
        try (SocketChannel channel = SocketChannel.open(socketAddress(address))) {
            tune(channel, address);
            System.out.println("ready");
            // A small batch is sent from a block of many: the blast has no messages.
            int block = (int) (hot ? WRITE_BYTES : Math.max(WRITE_BYTES, batchBytes));
            ByteBuffer source = ByteBuffer.allocateDirect(block);
            BufferedReader requests = requests();
            for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                blast(channel, source, Long.parseLong(line) * batchBytes);
                System.out.println("done " + line + " 0 -");
            }
        }
    }

    private static void blast(SocketChannel channel, ByteBuffer source, long bytes) throws IOException {
        ByteBuffer[] parts = new ByteBuffer[WRITE_BUFFERS];
        int from = 0;
        for (long left = bytes; left > 0; ) {
            int step = (int) Math.min(left, Math.min(WRITE_BYTES, source.capacity() - from));
            int part = (step + WRITE_BUFFERS - 1) / WRITE_BUFFERS;
            for (int i = 0; i < WRITE_BUFFERS; i++) {
                int start = Math.min(i * part, step);
                parts[i] = source.slice(from + start, Math.min(start + part, step) - start);
            }
            for (long written = 0; written < step; ) {
                written += channel.write(parts);
            }
            left -= step;
            from = (from + step) % source.capacity();
        }
    }

    private static void receive(String address, long batchBytes, boolean hot) throws IOException {
        boolean unix = address.startsWith("unix:");
        try (ServerSocketChannel server = unix
                ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                : ServerSocketChannel.open()) {
            server.bind(socketAddress(address));
            System.out.println("ready " + (unix
                    ? address
                    : "tcp:127.0.0.1:" + ((InetSocketAddress) server.getLocalAddress()).getPort()));
            try (SocketChannel channel = server.accept()) {
                tune(channel, address);
                int block = (int) (hot ? READ_BYTES : Math.max(READ_BYTES, batchBytes));
                ByteBuffer target = ByteBuffer.allocateDirect(block);
                BufferedReader requests = requests();
                for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                    long batches = Long.parseLong(line);
                    drain(channel, target, batchBytes);
                    long start = System.nanoTime();
                    drain(channel, target, (batches - 1) * batchBytes);
                    System.out.println("done " + (batches - 1) + " " + (System.nanoTime() - start) + " -");
                }
            }
        }
    }

    private static void drain(SocketChannel channel, ByteBuffer target, long bytes) throws IOException {
        target.clear();
        for (long left = bytes; left > 0; ) {
            if (target.position() == target.capacity()) {
                target.clear();
            }
            int room = target.capacity() - target.position();
            target.limit(target.position() + (int) Math.min(left, Math.min(READ_BYTES, room)));
            int count = channel.read(target);
            if (count < 0) {
                throw new EOFException("the sender left " + left + " bytes early");
            }
            left -= count;
        }
    }

    private static SocketAddress socketAddress(String address) {
        if (address.startsWith("unix:")) {
            return UnixDomainSocketAddress.of(address.substring("unix:".length()));
        }
        String[] hostAndPort = address.substring("tcp:".length()).split(":");
        return new InetSocketAddress(hostAndPort[0], Integer.parseInt(hostAndPort[1]));
    }

    private static void tune(SocketChannel channel, String address) throws IOException {
        if (address.startsWith("unix:")) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, UNIX_SEND_BUFFER_BYTES);
        } else {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
    }

    private static BufferedReader requests() {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    }
}
