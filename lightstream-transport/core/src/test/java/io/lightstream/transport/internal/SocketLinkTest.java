package io.lightstream.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lightstream.transport.spi.ConnectionClosedException;
import io.lightstream.transport.spi.Options;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SocketLinkTest {
    private final ExecutorService executor = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        executor.shutdownNow();
    }

    /** It is in the middle of a body, and what it would read lies behind the bytes that were thrown away. */
    @Test
    void aReaderBetweenTwoReadsFindsTheLinkClosedAndNoBytes() throws Exception {
        ScriptedChannel channel = new ScriptedChannel();
        SocketLink link = new SocketLink(channel, "test", Options.none());
        SocketInput input = (SocketInput) link.input();
        SocketOutput output = (SocketOutput) link.output();
        Future<?>[] read = new Future<?>[1];
        channel.onRead = () -> {
            read[0] = executor.submit(() -> input.read(ByteBuffer.allocate(8)));
            await().until(() -> input.inUse().hasQueuedThreads());
        };
        boolean[] keptOut = new boolean[1];
        channel.onClose = () -> keptOut[0] =
                input.inUse().isHeldByCurrentThread() && output.inUse().isHeldByCurrentThread();
        link.close();
        assertThat(channel.discarded).isEqualTo(ScriptedChannel.ARRIVED_BYTES);
        assertThat(keptOut[0])
                .as("nobody gets in between the discarding and the closing")
                .isTrue();
        assertThatThrownBy(read[0]::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(ConnectionClosedException.class);
    }

    @Test
    void nothingIsThrownAwayUnderAWriter() throws Exception {
        ScriptedChannel channel = new ScriptedChannel();
        SocketLink link = new SocketLink(channel, "test", Options.none());
        SocketOutput output = (SocketOutput) link.output();
        output.inUse().lock();
        try {
            executor.submit(() -> {
                        link.close();
                        return true;
                    })
                    .get();
            assertThat(channel.discarded).isZero();
            assertThat(channel.isOpen()).isFalse();
        } finally {
            output.inUse().unlock();
        }
    }

    @Test
    void closingTwiceClosesOnce() throws IOException {
        ScriptedChannel channel = new ScriptedChannel();
        int[] closed = new int[1];
        channel.onClose = () -> closed[0]++;
        SocketLink link = new SocketLink(channel, "test", Options.none());
        link.close();
        link.close();
        assertThat(closed[0]).isEqualTo(1);
    }
}
