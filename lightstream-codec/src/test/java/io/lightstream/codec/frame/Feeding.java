package io.lightstream.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.TruncatedStreamException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** What every decoder has to stand, for tests: its stream cut at every place, and in every way. */
final class Feeding {
    private Feeding() {}

    /** Decodes a stream that arrives in chunks which end at the given offsets. */
    static <F> List<F> decode(FrameDecoder<F> decoder, byte[] stream, int... cuts) throws LightstreamException {
        List<F> frames = new ArrayList<>();
        try (var assembler = new FrameAssembler<>(decoder, "test", 0)) {
            int from = 0;
            for (int i = 0; i <= cuts.length; i++) {
                int to = i < cuts.length ? cuts[i] : stream.length;
                byte[] chunk = Arrays.copyOfRange(stream, from, to);
                assembler.offer(ByteBuffer.wrap(chunk));
                while (assembler.next()) {
                    frames.add(assembler.frame());
                }
                Arrays.fill(chunk, (byte) 0x55); // whoever still refers to it shows it now
                from = to;
            }
            while (assembler.endOfInput()) {
                frames.add(assembler.frame());
            }
            assertThat(assembler.position()).isEqualTo(stream.length);
        }
        return frames;
    }

    /** The stream whole, one byte at a time, cut in two everywhere, and cut at random. */
    static <F> void everyWay(Supplier<FrameDecoder<F>> decoders, byte[] stream, List<F> expected)
            throws LightstreamException {
        assertThat(decode(decoders.get(), stream)).isEqualTo(expected);
        int[] everywhere = new int[Math.max(0, stream.length - 1)];
        Arrays.setAll(everywhere, i -> i + 1);
        assertThat(decode(decoders.get(), stream, everywhere)).isEqualTo(expected);
        for (int cut = 0; cut <= stream.length; cut++) {
            assertThat(decode(decoders.get(), stream, cut)).isEqualTo(expected);
        }
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int[] cuts = random.ints(random.nextInt(20), 0, stream.length + 1)
                    .sorted()
                    .toArray();
            assertThat(decode(decoders.get(), stream, cuts)).isEqualTo(expected);
        }
    }

    /** The stream ends early, everywhere: cleanly between two frames, and nowhere else. */
    static <F> void truncatedEverywhere(Supplier<FrameDecoder<F>> decoders, byte[] stream, List<Integer> frameEnds)
            throws LightstreamException {
        for (int length = 0; length < stream.length; length++) {
            byte[] cut = Arrays.copyOf(stream, length);
            if (length == 0 || frameEnds.contains(length)) {
                assertThat(decode(decoders.get(), cut)).hasSize(frameEnds.indexOf(length) + 1);
            } else {
                assertThatThrownBy(() -> decode(decoders.get(), cut))
                        .isInstanceOf(TruncatedStreamException.class)
                        .hasMessageStartingWith("[test @" + length + "] ")
                        .hasMessageEndingWith("found end of input");
            }
        }
    }
}
