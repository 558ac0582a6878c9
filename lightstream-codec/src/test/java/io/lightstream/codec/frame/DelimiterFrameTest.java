package io.lightstream.codec.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.LimitExceededException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DelimiterFrameTest {
    private static final byte[] LINES = "one\n\nthree, which is longer\n4\n".getBytes(UTF_8);
    private static final List<String> EXPECTED = List.of("one", "", "three, which is longer", "4");

    /** Lines as strings, which have an equals of their own. */
    private static FrameDecoder<String> lines(int maxBytes, boolean lastMayLackDelimiter) {
        var decoder = new DelimiterFrameDecoder("test", (byte) '\n', maxBytes, lastMayLackDelimiter);
        return new FrameDecoder<>() {
            @Override
            public DecodeResult<String> decode(ByteWindow in) throws LightstreamException {
                DecodeResult<byte[]> result = decoder.decode(in);
                if (result instanceof DecodeResult.Frame<byte[]> frame) {
                    return DecodeResult.frame(new String(frame.value(), UTF_8), frame.consumed());
                }
                return DecodeResult.needMore(((DecodeResult.NeedMore<byte[]>) result).minBytes());
            }

            @Override
            public Optional<DecodeResult.Frame<String>> endOfInput(ByteWindow rest) {
                return decoder.endOfInput(rest)
                        .map(frame -> new DecodeResult.Frame<>(new String(frame.value(), UTF_8), frame.consumed()));
            }
        };
    }

    @Test
    void howeverTheyArrive() throws IOException {
        Feeding.everyWay(() -> lines(100, false), LINES, EXPECTED);
    }

    @Test
    void truncatedEverywhere() throws IOException {
        Feeding.truncatedEverywhere(() -> lines(100, false), LINES, List.of(4, 5, 28, 30));
    }

    @Test
    void theLastLineMayLackItsEnd() throws IOException {
        byte[] stream = "one\ntwo".getBytes(UTF_8);
        Feeding.everyWay(() -> lines(100, true), stream, List.of("one", "two"));
        Feeding.everyWay(() -> lines(100, true), "one\n".getBytes(UTF_8), List.of("one"));
    }

    @Test
    void theLastLineIsGivenOnce() throws IOException {
        var channel = Channels.newChannel(new ByteArrayInputStream("one\ntwo".getBytes(UTF_8)));
        try (var frames = FrameReader.open(channel, lines(100, true), FrameReaderOptions.defaults())) {
            for (String line : List.of("one", "two")) {
                assertThat(frames.next()).isTrue();
                assertThat(frames.frame()).isEqualTo(line);
            }
            for (int i = 0; i < 2; i++) {
                assertThat(frames.next()).isFalse();
                assertThatThrownBy(frames::frame).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Test
    void refusesALongerFrameWhetherOrNotItsEndIsThere() throws LightstreamException {
        byte[] stream = "abc\nabcd\n".getBytes(UTF_8);
        assertThat(Feeding.decode(lines(4, false), stream)).containsExactly("abc", "abcd");
        for (int cut = 0; cut <= stream.length; cut++) {
            int at = cut;
            assertThatThrownBy(() -> Feeding.decode(lines(3, false), stream, at))
                    .isInstanceOf(LimitExceededException.class)
                    .hasMessage("[test @4] maxFrameBytes: expected at most 3, found 4");
        }
    }

    @Test
    void aLongFrameInManySmallChunksIsSearchedOnce() throws LightstreamException {
        byte[] stream = new byte[1 << 20];
        stream[stream.length - 1] = '\n';
        int[] cuts = new int[(1 << 20) / 64 - 1];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = (i + 1) * 64;
        }
        FrameDecoder<String> decoder = lines(1 << 20, false);
        int[] calls = {0};
        FrameDecoder<String> counting = in -> {
            calls[0]++;
            return decoder.decode(in);
        };
        assertThat(Feeding.decode(counting, stream, cuts)).hasSize(1);
        assertThat(calls[0]).isLessThan(cuts.length + 10);
    }

    @Test
    void theEncoderWritesWhatTheDecoderReads() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var writer = FrameWriter.open(
                Channels.newChannel(bytes),
                new DelimiterFrameEncoder((byte) '\n'),
                GatheringOutputOptions.defaults())) {
            for (String line : EXPECTED) {
                writer.write(line.getBytes(UTF_8));
            }
            assertThatThrownBy(() -> writer.write("a\nb".getBytes(UTF_8))).isInstanceOf(IllegalArgumentException.class);
            writer.flush();
            assertThat(bytes.toByteArray()).isEqualTo(LINES);
        }
    }
}
