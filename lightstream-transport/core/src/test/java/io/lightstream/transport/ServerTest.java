package io.lightstream.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.spi.ConnectionClosedException;
import io.lightstream.transport.spi.Link;
import io.lightstream.transport.spi.Listener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server whose transport does what sockets of the system cannot be made to do. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServerTest {
    private final LightstreamMemory memory = LightstreamMemory.create();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Peer peer = new Peer();
    private final OnePeer listener = new OnePeer(peer);
    private final List<Throwable> reported = new CopyOnWriteArrayList<>();
    private final Server server = new Server(
            listener, memory, ServerOptions.defaults().withErrorListener((source, error) -> reported.add(error)), 1);

    @AfterEach
    void close() throws InterruptedException {
        executor.shutdown();
        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        memory.close();
    }

    @Test
    void handlersAreWaitedForEvenIfAConnectionCannotBeClosed() throws Exception {
        AtomicReference<Thread> closing = new AtomicReference<>();
        AtomicBoolean closed = new AtomicBoolean();
        AtomicBoolean handlerEndedFirst = new AtomicBoolean();
        CountDownLatch handling = new CountDownLatch(1);
        Future<?> serving = run(() -> server.serve(connection -> {
            handling.countDown();
            peer.closed.await();
            await().until(() -> closed.get() || closing.get().getState() != Thread.State.RUNNABLE);
            handlerEndedFirst.set(!closed.get());
        }));
        handling.await();
        Future<?> close = run(() -> {
            closing.set(Thread.currentThread());
            try {
                server.close();
            } finally {
                closed.set(true);
            }
        });
        assertThatThrownBy(close::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .hasMessage("cannot be closed");
        assertThat(handlerEndedFirst).isTrue();
        serving.get();
    }

    private Future<?> run(Task task) {
        return executor.submit(() -> {
            task.run();
            return true;
        });
    }

    @FunctionalInterface
    private interface Task {
        void run() throws Exception;
    }

    /** A link that fails to close, the first time. */
    private static final class Peer implements Link {
        final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public String name() {
            return "test:peer";
        }

        @Override
        public ScatteringByteChannel input() {
            throw new UnsupportedOperationException();
        }

        @Override
        public GatheringByteChannel output() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void shutdownOutput() {}

        @Override
        public boolean isOpen() {
            return closed.getCount() > 0;
        }

        @Override
        public void close() throws IOException {
            if (isOpen()) {
                closed.countDown();
                throw new IOException("cannot be closed");
            }
        }
    }

    /** Has one peer to be accepted. */
    private static final class OnePeer implements Listener {
        private static final Object NOBODY = new Object();
        private final BlockingQueue<Object> peers = new LinkedBlockingQueue<>();

        OnePeer(Link peer) {
            peers.add(peer);
        }

        @Override
        public String uri() {
            return "test:listener";
        }

        @Override
        public SocketAddress address() {
            return new InetSocketAddress(0);
        }

        @Override
        public Link accept() throws IOException {
            try {
                if (peers.take() instanceof Link link) {
                    return link;
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            throw new ConnectionClosedException(uri(), "accept", null);
        }

        @Override
        public boolean isOpen() {
            return !peers.contains(NOBODY);
        }

        @Override
        public void close() {
            peers.add(NOBODY);
        }
    }
}
