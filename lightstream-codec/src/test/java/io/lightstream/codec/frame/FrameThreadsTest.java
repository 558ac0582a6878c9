package io.lightstream.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.LightstreamException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several threads at one reader or output, over real sockets. */
@Timeout(60)
class FrameThreadsTest {
    private static final int LARGE = 1 << 20;

    private SocketChannel near = unconnected();
    private SocketChannel far = unconnected();

    private static SocketChannel unconnected() {
        try {
            return SocketChannel.open();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void connect() throws IOException {
        try (var server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            near.connect(server.getLocalAddress());
            far.close();
            far = server.accept();
        }
    }

    @AfterEach
    void disconnect() throws IOException {
        near.close();
        far.close();
    }

    /** Runs in a thread of its own; the result is what the call threw. */
    private static CompletableFuture<Throwable> failureOf(Callable<?> call) {
        var result = new CompletableFuture<Throwable>();
        var thread = new Thread(() -> {
            try {
                result.completeExceptionally(new AssertionError("No exception, but " + call.call()));
            } catch (Throwable e) {
                result.complete(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /** Tells when it is asked, which is in the thread that reads. */
    private static final class Announcing implements FrameDecoder<ByteBuffer> {
        private final LengthPrefixedFrameDecoder decoder =
                new LengthPrefixedFrameDecoder("test", ByteOrder.LITTLE_ENDIAN, 2 * LARGE);
        final CountDownLatch asked = new CountDownLatch(1);
        final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public DecodeResult<ByteBuffer> decode(ByteWindow in) throws LightstreamException {
            asked.countDown();
            return decoder.decode(in);
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    void aSecondReadingThreadIsTurnedAway() throws Exception {
        var decoder = new Announcing();
        try (var reader = FrameReader.open(near, decoder, FrameReaderOptions.defaults())) {
            var first = new CompletableFuture<Boolean>();
            Thread thread = new Thread(() -> {
                try {
                    first.complete(reader.next());
                } catch (Throwable e) {
                    first.completeExceptionally(e);
                }
            });
            thread.start();
            decoder.asked.await();
            assertThatThrownBy(reader::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by another thread");
            // The first thread is not disturbed by that.
            far.write(ByteBuffer.wrap(new byte[] {1, 0, 0, 0, 42}));
            assertThat(first.get()).isTrue();
            assertThat(reader.frame().get(0)).isEqualTo((byte) 42);
        }
    }

    @Test
    void closeEndsABlockedReadAndReleasesAfterIt() throws Exception {
        var decoder = new Announcing();
        var reader = FrameReader.open(near, decoder, FrameReaderOptions.defaults());
        CompletableFuture<Throwable> failure = failureOf(reader::next);
        decoder.asked.await();
        reader.close();
        assertThat(failure.get(30, TimeUnit.SECONDS)).isInstanceOf(ClosedChannelException.class);
        assertThat(decoder.closed.await(30, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(reader::next).hasMessageContaining("is closed");
        reader.close();
    }

    @Test
    void aFrameFoundDuringCloseIsStillHandedOut() throws Exception {
        var decoding = new CountDownLatch(1);
        var closing = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        FrameDecoder<String> decoder = new FrameDecoder<>() {
            @Override
            public DecodeResult<String> decode(ByteWindow in) {
                decoding.countDown();
                try {
                    closing.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return DecodeResult.frame("frame", 0);
            }

            @Override
            public void close() {
                released.countDown();
            }
        };
        var reader = FrameReader.open(near, decoder, FrameReaderOptions.defaults());
        var found = CompletableFuture.supplyAsync(() -> {
            try {
                return reader.next() ? reader.frame() : "none";
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        decoding.await();
        reader.close();
        assertThat(released.getCount()).isOne();
        closing.countDown();
        assertThat(found.get()).isEqualTo("frame");
        assertThat(released.getCount()).isZero();
    }

    @Test
    void closeEndsABlockedWrite() throws Exception {
        var output = GatheringOutput.open(near, GatheringOutputOptions.defaults());
        ByteBuffer large = ByteBuffer.allocateDirect(64 * LARGE);
        CompletableFuture<Throwable> failure = failureOf(() -> {
            output.write(large);
            return "written";
        });
        // The peer reads nothing more than the first byte, so that the write is under way and cannot end.
        assertThat(far.read(ByteBuffer.allocate(1))).isOne();
        assertThatThrownBy(() -> output.write(ByteBuffer.allocate(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in use by another thread");
        output.close();
        assertThat(failure.get(30, TimeUnit.SECONDS)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> output.write(large)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void framesOverASocket() throws Exception {
        var options = GatheringOutputOptions.defaults();
        int count = 200;
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            var encoder = new LengthPrefixedFrameEncoder(ByteOrder.LITTLE_ENDIAN);
            try (var writer = FrameWriter.open(far, encoder, options)) {
                for (int i = 0; i < count; i++) {
                    ByteBuffer payload = ByteBuffer.allocateDirect(size(i));
                    payload.put(0, (byte) i).put(payload.limit() - 1, (byte) (i + 1));
                    writer.write(payload);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        var decoder = new LengthPrefixedFrameDecoder("test", ByteOrder.LITTLE_ENDIAN, 2 * LARGE);
        try (var reader = FrameReader.open(near, decoder, FrameReaderOptions.defaults())) {
            for (int i = 0; i < count; i++) {
                assertThat(reader.next()).isTrue();
                ByteBuffer frame = reader.frame();
                assertThat(frame.remaining()).isEqualTo(size(i));
                assertThat(frame.get(0)).isEqualTo((byte) i);
                assertThat(frame.get(frame.limit() - 1)).isEqualTo((byte) (i + 1));
            }
            assertThat(reader.next()).isFalse();
        }
        writing.get();
    }

    private static int size(int i) {
        return i % 40 < 20 ? 2 + i : LARGE + i;
    }
}
