package io.lightstream.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.LimitExceededException;
import io.lightstream.codec.MalformedStreamException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameAssemblerTest {
    private final Random random = new Random(3);
    private final List<Message> messages = List.of(
            Message.random(random, 5, 40),
            Message.random(random, 0, 0),
            Message.random(random, 30, 200).unwanted(),
            Message.random(random, 3, 1),
            Message.random(random, 1, 0).unwanted(),
            Message.random(random, 40, 77));
    private final byte[] stream = Message.stream(messages);

    private static FrameAssembler<Message> assembler(FrameDecoder<Message> decoder) {
        return new FrameAssembler<>(decoder, "test", 0);
    }

    @Test
    void messagesHoweverTheyArrive() throws LightstreamException {
        for (int parts : new int[] {1, 3}) {
            Feeding.everyWay(() -> new Message.Decoder(parts, true), stream, Message.wanted(messages));
            Feeding.everyWay(() -> new Message.Decoder(parts, false), stream, Message.wanted(messages));
        }
    }

    @Test
    void truncatedEverywhereButBetweenFrames() throws LightstreamException {
        List<Message> kept = Message.wanted(messages);
        List<Integer> ends = new ArrayList<>();
        kept.forEach(message -> ends.add((ends.isEmpty() ? 0 : ends.get(ends.size() - 1)) + message.size()));
        Feeding.truncatedEverywhere(() -> new Message.Decoder(2, true), Message.stream(kept), ends);
    }

    @Test
    void theEndAfterAnUnwantedFrameIsClean() throws LightstreamException {
        byte[] end = Message.stream(messages.subList(0, 3));
        Feeding.everyWay(
                () -> new Message.Decoder(1, true),
                end,
                Message.wanted(messages).subList(0, 2));
    }

    /** What no buffer holds is not waited for. */
    @Test
    void windowsHaveALargestSize() {
        FrameDecoder<Message> greedy = new FrameDecoder<>() {
            @Override
            public DecodeResult<Message> decode(ByteWindow in) {
                return DecodeResult.needMore(Integer.MAX_VALUE);
            }

            @Override
            public void close() {}
        };
        FrameAssembler<Message> assembler = assembler(greedy);
        assembler.offer(ByteBuffer.wrap(stream));
        assertThatThrownBy(assembler::next)
                .isInstanceOf(LimitExceededException.class)
                .hasMessage("[test @0] bytes of a window: expected at most 2147483639, found 2147483647");
    }

    @Test
    void namesWhatIsMissingAtTheEnd() {
        byte[] first = Message.stream(messages.subList(0, 1));
        assertMissing(first, 3, "[test @3] frame that starts at 0: expected at least 9 more bytes, found end of input");
        assertMissing(first, 20, "[test @20] payload: expected 37 more bytes, found end of input");
        assertMissing(first, 60, "[test @60] bytes to skip: expected 4 more bytes, found end of input");
    }

    private static void assertMissing(byte[] bytes, int length, String message) {
        assertThatThrownBy(() -> Feeding.decode(new Message.Decoder(1, true), Arrays.copyOf(bytes, length)))
                .hasMessage(message);
    }

    @Test
    void reportsWhereFramesBegin() throws LightstreamException {
        try (var assembler = new FrameAssembler<>(new Message.Decoder(1, true), "test", 1000)) {
            List<Long> positions = new ArrayList<>();
            assembler.offer(ByteBuffer.wrap(stream));
            while (assembler.next()) {
                positions.add(assembler.framePosition() - 1000);
            }
            long third = (long) messages.get(0).size() + messages.get(1).size();
            long fourth = third + messages.get(2).size();
            long sixth = fourth + messages.get(3).size() + messages.get(4).size();
            assertThat(positions).containsExactly(0L, (long) messages.get(0).size(), fourth, sixth);
            assertThat(assembler.position()).isEqualTo(1000 + stream.length);
        }
    }

    @Test
    void payloadMayBePutInPlaceByTheCaller() throws LightstreamException {
        Message message = Message.random(random, 4, 1000);
        byte[] bytes = Message.stream(List.of(message));
        try (var assembler = assembler(new Message.Decoder(3, true))) {
            assembler.offer(ByteBuffer.wrap(bytes, 0, 20));
            assertThat(assembler.next()).isFalse();
            assertThat(assembler.payloadRemaining()).isEqualTo(996);
            int at = 20;
            while (assembler.payloadRemaining() > 0) {
                ByteBuffer destination = assembler.destination();
                int count = Math.min(destination.remaining(), 100);
                destination.put(destination.position(), bytes, at, count);
                assembler.filled(count);
                at += count;
            }
            assertThat(assembler.position()).isEqualTo(1016);
            assembler.offer(ByteBuffer.wrap(bytes, at, bytes.length - at));
            assertThat(assembler.next()).isTrue();
            assertThat(assembler.frame()).isEqualTo(message);
            assertThat(assembler.copiedBytes()).isEqualTo(4);
            assertThat(assembler.directBytes()).isEqualTo(996);
            assertThatThrownBy(assembler::destination).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> assembler.filled(1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void unwantedBytesMayBeLeftOutByTheCaller() throws LightstreamException {
        try (var assembler = assembler(new Message.Decoder(1, true))) {
            Message unwanted = Message.random(random, 4, 100_000).unwanted();
            byte[] bytes = Message.stream(List.of(unwanted, messages.get(0)));
            assembler.offer(ByteBuffer.wrap(bytes, 0, 50));
            assertThat(assembler.next()).isFalse();
            long left = assembler.skipRemaining();
            assertThat(left).isEqualTo(unwanted.size() - 50);
            assertThatThrownBy(() -> assembler.skipped(left + 1)).isInstanceOf(IllegalArgumentException.class);
            assembler.skipped(left);
            assembler.offer(ByteBuffer.wrap(bytes, unwanted.size(), bytes.length - unwanted.size()));
            assertThat(assembler.next()).isTrue();
            assertThat(assembler.frame()).isEqualTo(messages.get(0));
            assertThat(assembler.framePosition()).isEqualTo(unwanted.size());
        }
    }

    @Test
    void tellsHowMuchIsWorthReading() throws LightstreamException {
        try (var assembler = assembler(new Message.Decoder(1, true))) {
            assertThat(assembler.next()).isFalse();
            assertThat(assembler.readAhead(4096)).isEqualTo(12);
            assembler.offer(ByteBuffer.wrap(stream, 0, 12));
            assertThat(assembler.next()).isFalse();
            assertThat(assembler.readAhead(4096)).isEqualTo(5);
            assertThat(assembler.readAhead(3)).isEqualTo(3);
        }
    }

    @Test
    void anErrorClosesTheDecoderAndEndsTheStream() {
        var failing = new Message.Decoder(1, true);
        FrameDecoder<Message> decoder = new FrameDecoder<>() {
            @Override
            public DecodeResult<Message> decode(ByteWindow in) throws LightstreamException {
                throw new MalformedStreamException("test", in.position(), "no");
            }

            @Override
            public void close() {
                failing.close();
            }
        };
        var assembler = assembler(decoder);
        assertThatThrownBy(assembler::next).hasMessage("[test @0] no");
        assertThat(failing.closed).isOne();
        assertThatThrownBy(assembler::next).isInstanceOf(IllegalStateException.class);
        assembler.close();
        assertThat(failing.closed).isOne();
    }

    @Test
    void aFrameIsThereOnlyAfterNextReturnedTrue() throws LightstreamException {
        try (var assembler = assembler(new Message.Decoder(1, true))) {
            assertThatThrownBy(assembler::frame).isInstanceOf(IllegalStateException.class);
            assembler.offer(ByteBuffer.wrap(stream, 0, messages.get(0).size()));
            assertThat(assembler.next()).isTrue();
            assertThat(assembler.next()).isFalse();
            assertThatThrownBy(assembler::frame).isInstanceOf(IllegalStateException.class);
            assertThat(assembler.endOfInput()).isFalse();
        }
    }

    @Test
    void aDecoderThatBreaksTheRulesIsNamed() {
        assertBroken(DecodeResult.needMore(4), "asked for 4 bytes when it had 4");
        assertBroken(DecodeResult.frame(messages.get(0), 5), "consumed 5 bytes when it had 4");
        assertBroken(DecodeResult.frame(messages.get(0), -1), "consumed -1 bytes");
        assertBroken(DecodeResult.needInto(5, ByteBuffer.allocate(1)), "consumed 5 bytes");
        assertBroken(DecodeResult.skip(5, 1), "consumed 5 bytes");
        assertBroken(DecodeResult.skip(1, -1), "skipped a negative number of bytes");
    }

    private static void assertBroken(DecodeResult<Message> answer, String complaint) {
        FrameDecoder<Message> decoder = in -> in.remaining() < 4 ? DecodeResult.needMore(4) : answer;
        assertThatThrownBy(() -> Feeding.decode(decoder, new byte[4]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(complaint)
                .hasMessageContaining("FrameAssemblerTest");
    }

    @Test
    void readOnlyDestinationsAreRefused() {
        FrameDecoder<Message> decoder =
                in -> DecodeResult.needInto(0, ByteBuffer.allocate(1).asReadOnlyBuffer());
        assertThatThrownBy(() -> Feeding.decode(decoder, new byte[4])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theAnswerForMoreBytesIsSharedWhenSmall() {
        assertThat(DecodeResult.<Message>needMore(64)).isSameAs(DecodeResult.<Message>needMore(64));
        assertThat(DecodeResult.needMore(100_000)).isEqualTo(new DecodeResult.NeedMore<>(100_000));
    }
}
