package peers;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;
import org.apache.arrow.flight.BackpressureStrategy;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightServer;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.NoOpFlightProducer;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * The same batches through Flight's DoGet, whose server side has the better flow control: its sender is the server, so
 * the receiver only chooses the port and connects when it is first asked for batches.
 */
final class FlightTransfer {
    private FlightTransfer() {}

    static void send(String address, Data data) throws Exception {
        BufferAllocator allocator = new RootAllocator();
        Producer producer = new Producer(allocator, data);
        try (FlightServer server = FlightServer.builder(allocator, location(address), producer).build()) {
            server.start();
            producer.requests.ready("");
            producer.finished.await();
        }
    }

    private static final class Producer extends NoOpFlightProducer {
        private final Requests requests = new Requests();
        private final CountDownLatch finished = new CountDownLatch(1);
        private final BufferAllocator allocator;
        private final Data data;

        Producer(BufferAllocator allocator, Data data) {
            this.allocator = allocator;
            this.data = data;
        }

        @Override
        public void getStream(CallContext context, Ticket ticket, ServerStreamListener listener) {
            BackpressureStrategy backpressure = new BackpressureStrategy.CallbackBackpressureStrategy();
            backpressure.register(listener);
            // gRPC tells that there is room only after this method has returned.
            new Thread(() -> stream(listener, backpressure), "stream").start();
        }

        private void stream(ServerStreamListener listener, BackpressureStrategy backpressure) {
            try (VectorSchemaRoot root = data.root(allocator)) {
                listener.setUseZeroCopy(true);
                listener.start(root, data.dictionaries(allocator));
                for (long batches = requests.next(); batches >= 0; batches = requests.next()) {
                    for (long batch = 0; batch < batches; batch++) {
                        backpressure.waitForListener(0);
                        listener.putNext();
                    }
                    requests.sent(batches);
                }
                listener.completed();
            } catch (IOException failure) {
                listener.error(CallStatus.INTERNAL.withCause(failure).toRuntimeException());
            } finally {
                finished.countDown();
            }
        }
    }

    static void receive(String address) throws Exception {
        Requests requests = new Requests();
        String chosen = "tcp:127.0.0.1:" + freePort();
        requests.ready(chosen);
        long batches = requests.next();
        if (batches < 0) {
            return;
        }
        try (FlightClient client = FlightClient.builder(new RootAllocator(), location(chosen)).build();
                FlightStream stream = client.getStream(new Ticket(new byte[0]))) {
            Probe probe = new Probe();
            for (; batches >= 0; batches = requests.next()) {
                receive(stream, 1, probe);
                long start = System.nanoTime();
                receive(stream, batches - 1, probe);
                requests.done(batches - 1, System.nanoTime() - start, probe.take());
            }
        }
    }

    private static void receive(FlightStream stream, long batches, Probe probe) throws IOException {
        for (long batch = 0; batch < batches; batch++) {
            if (!stream.next()) {
                throw new EOFException("the sender left early");
            }
            probe.touch(stream.getRoot());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress("127.0.0.1", 0));
            return socket.getLocalPort();
        }
    }

    private static Location location(String address) {
        String[] hostAndPort = address.substring("tcp:".length()).split(":");
        return Location.forGrpcInsecure(hostAndPort[0], Integer.parseInt(hostAndPort[1]));
    }
}
