package io.lightstream.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.LimitExceededException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LengthPrefixedFrameTest {
    private static final int LARGE = ReadAheadPolicy.LARGE_PAYLOAD_BYTES;
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

    private static LengthPrefixedFrameDecoder decoder(ByteOrder order) {
        return new LengthPrefixedFrameDecoder("test", order, 10 * LARGE);
    }

    private static List<ByteBuffer> payloads(int... sizes) {
        Random random = new Random(2);
        List<ByteBuffer> payloads = new ArrayList<>();
        for (int size : sizes) {
            byte[] payload = new byte[size];
            random.nextBytes(payload);
            payloads.add(ByteBuffer.wrap(payload));
        }
        return payloads;
    }

    private static byte[] encode(ByteOrder order, List<ByteBuffer> payloads) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var writer = FrameWriter.open(
                Channels.newChannel(bytes), new LengthPrefixedFrameEncoder(order), GatheringOutputOptions.defaults())) {
            for (ByteBuffer payload : payloads) {
                writer.write(payload);
            }
            assertThat(writer.position())
                    .isEqualTo(
                            payloads.stream().mapToInt(p -> p.remaining() + 4).sum());
        }
        return bytes.toByteArray();
    }

    @Test
    void writesTheLengthInTheByteOrderAskedFor() throws IOException {
        assertThat(encode(LITTLE, payloads(0, 1))).startsWith(0, 0, 0, 0, 1, 0, 0, 0);
        assertThat(encode(ByteOrder.BIG_ENDIAN, payloads(0, 1))).startsWith(0, 0, 0, 0, 0, 0, 0, 1);
    }

    @Test
    void smallFramesHoweverTheyArrive() throws IOException {
        List<ByteBuffer> payloads = payloads(0, 1, 2, 3, 0, 100, 5, 37);
        Feeding.everyWay(() -> decoder(LITTLE), encode(LITTLE, payloads), payloads);
        Feeding.everyWay(() -> decoder(ByteOrder.BIG_ENDIAN), encode(ByteOrder.BIG_ENDIAN, payloads), payloads);
    }

    @Test
    void largeFramesHoweverTheyArrive() throws IOException {
        List<ByteBuffer> payloads = payloads(LARGE - 1, 3, LARGE, 2 * LARGE + 1);
        byte[] stream = encode(LITTLE, payloads);
        int second = LARGE + 3;
        int third = second + 7;
        assertThat(Feeding.decode(decoder(LITTLE), stream)).isEqualTo(payloads);
        for (int cut : new int[] {1, 4, 5, second - 1, second, second + 1, third, third + 3, third + 4, third + 5}) {
            assertThat(Feeding.decode(decoder(LITTLE), stream, cut, cut + 1)).isEqualTo(payloads);
            assertThat(Feeding.decode(decoder(LITTLE), stream, cut, cut + LARGE))
                    .isEqualTo(payloads);
        }
    }

    @Test
    void truncatedEverywhere() throws IOException {
        byte[] stream = encode(LITTLE, payloads(3, 0, 10));
        Feeding.truncatedEverywhere(() -> decoder(LITTLE), stream, List.of(7, 11, 25));
    }

    @Test
    void refusesALengthOverTheLimitBeforeTakingMemory() {
        byte[] minusOne = {-1, -1, -1, -1};
        assertThatThrownBy(() -> Feeding.decode(decoder(LITTLE), minusOne))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage("[test @0] maxFrameBytes: expected at most 163840, found 4294967295");
        var exact = new LengthPrefixedFrameDecoder("test", LITTLE, 2);
        assertThatThrownBy(() -> Feeding.decode(exact, new byte[] {2, 0, 0, 0, 7, 8, 3, 0, 0, 0}))
                .hasMessage("[test @6] maxFrameBytes: expected at most 2, found 3");
    }

    @Test
    void theEncoderLeavesThePayloadAsItIs() throws IOException {
        ByteBuffer payload = ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 9}, 1, 3);
        assertThat(encode(LITTLE, List.of(payload))).containsExactly(3, 0, 0, 0, 1, 2, 3);
        assertThat(payload.position()).isEqualTo(1);
        assertThat(payload.limit()).isEqualTo(4);
    }
}
