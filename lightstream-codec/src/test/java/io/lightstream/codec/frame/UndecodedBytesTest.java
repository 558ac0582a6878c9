package io.lightstream.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UndecodedBytesTest {
    private final UndecodedBytes bytes = new UndecodedBytes();

    /** Consumes random numbers of bytes after random demands, from random chunks, and sees the stream each time. */
    @Test
    void showsTheStreamWhateverTheChunks() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] stream = new byte[20_000];
            random.nextBytes(stream);
            UndecodedBytes undecoded = new UndecodedBytes();
            int offered = 0;
            int consumed = 0;
            while (consumed < stream.length) {
                int needed = Math.min(random.nextInt(1 << random.nextInt(12)), stream.length - consumed);
                while (!undecoded.gather(needed, consumed)) {
                    undecoded.releaseChunk();
                    offered += offer(undecoded, stream, offered, random);
                }
                checkWindow(undecoded.window(), stream, consumed, needed);
                int count = random.nextInt(undecoded.window().remaining() + 1);
                assertThat(undecoded.consume(count)).isEqualTo(count);
                consumed += count;
                assertThat(undecoded.available()).isEqualTo(offered - consumed);
            }
        }
    }

    /** Offers a copy that is overwritten by the next one, as a driver's chunk is. */
    private static int offer(UndecodedBytes undecoded, byte[] stream, int from, Random random) {
        int size = Math.min(1 + random.nextInt(1 << random.nextInt(13)), stream.length - from);
        ByteBuffer chunk = ByteBuffer.allocateDirect(size + 3).position(3);
        chunk.put(stream, from, size).flip().position(3);
        undecoded.offer(chunk);
        assertThat(chunk.position()).isEqualTo(3);
        return size;
    }

    private static void checkWindow(ByteWindow window, byte[] stream, int consumed, int needed) {
        assertThat(window.remaining()).isGreaterThanOrEqualTo(needed);
        assertThat(window.position()).isEqualTo(consumed);
        byte[] shown = new byte[window.remaining()];
        window.copyTo(0, shown, 0, shown.length);
        assertThat(ByteBuffer.wrap(shown)).isEqualTo(ByteBuffer.wrap(stream, consumed, shown.length));
    }

    @Test
    void decodesInTheChunkAgainOnceTheCutFrameIsDone() {
        bytes.offer(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(bytes.gather(5, 0)).isFalse();
        bytes.releaseChunk();
        bytes.offer(ByteBuffer.wrap(new byte[1000]));
        assertThat(bytes.gather(5, 0)).isTrue();
        assertThat(bytes.window().remaining()).isBetween(5, 100);
        bytes.consume(5);
        assertThat(bytes.gather(0, 5)).isTrue();
        assertThat(bytes.window().remaining()).isEqualTo(998);
    }

    @Test
    void copiesToDestinationsAcrossCarryAndChunk() {
        bytes.offer(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(bytes.gather(4, 0)).isFalse();
        bytes.releaseChunk();
        bytes.offer(ByteBuffer.wrap(new byte[] {4, 5, 6, 7}));
        Destinations destinations = new Destinations();
        ByteBuffer first = ByteBuffer.allocate(2);
        ByteBuffer second = ByteBuffer.allocateDirect(4);
        destinations.open(new ByteBuffer[] {ByteBuffer.allocate(0), first, ByteBuffer.allocate(0), second});

        assertThat(bytes.copyTo(destinations)).isEqualTo(6);
        assertThat(destinations.remaining()).isZero();
        assertThat(first.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        assertThat(second.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {3, 4, 5, 6}));
        assertThat(bytes.available()).isEqualTo(1);
    }

    @Test
    void aChunkMustBeUsedUpBeforeTheNext() {
        bytes.offer(ByteBuffer.wrap(new byte[3]));
        assertThatThrownBy(() -> bytes.offer(ByteBuffer.wrap(new byte[3]))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(bytes::releaseChunk).isInstanceOf(IllegalStateException.class);
        bytes.clear();
        assertThat(bytes.available()).isZero();
    }
}
