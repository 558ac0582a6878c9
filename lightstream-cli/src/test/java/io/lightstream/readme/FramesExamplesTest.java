package io.lightstream.readme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.LimitExceededException;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.frame.ByteWindow;
import io.lightstream.codec.frame.DecodeResult;
import io.lightstream.codec.frame.DelimiterFrameDecoder;
import io.lightstream.codec.frame.FrameDecoder;
import io.lightstream.codec.frame.FrameReader;
import io.lightstream.codec.frame.FrameReaderOptions;
import io.lightstream.codec.frame.FrameWriter;
import io.lightstream.codec.frame.GatheringOutputOptions;
import io.lightstream.codec.frame.LengthPrefixedFrameDecoder;
import io.lightstream.codec.frame.LengthPrefixedFrameEncoder;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.Connection;
import io.lightstream.transport.Lightstream;
import io.lightstream.transport.Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each example of docs/frames.md stands here between its marks, to the letter, and is run. */
class FramesExamplesTest {
    private static final int MAX_FRAME_BYTES = 1 << 20;

    private final List<String> received = new ArrayList<>();

    // example: reading
    record Reading(int sensor, double value) {}

    /** A byte for the sensor, eight for the value, little-endian. */
    static final class ReadingDecoder implements FrameDecoder<Reading> {
        private static final int BYTES = 1 + Double.BYTES;

        @Override
        public DecodeResult<Reading> decode(ByteWindow in) {
            if (in.remaining() < BYTES) {
                return DecodeResult.needMore(BYTES);
            }
            double value = Double.longBitsToDouble(in.getLong(1));
            return DecodeResult.frame(new Reading(in.getByte(0), value), BYTES);
        }
    }
    // end

    // example: blobs
    /** A length of four bytes, then so many bytes, which are read to where they stay. */
    static final class BlobDecoder implements FrameDecoder<ByteBuffer> {
        private final String source;
        private final int maxBytes;
        private @Nullable ByteBuffer blob; // being filled

        BlobDecoder(String source, int maxBytes) {
            this.source = source;
            this.maxBytes = maxBytes;
        }

        @Override
        public DecodeResult<ByteBuffer> decode(ByteWindow in) throws LightstreamException {
            ByteBuffer filled = blob;
            if (filled != null) {
                blob = null;
                return DecodeResult.frame(filled.flip(), 0); // all of it was consumed as it arrived
            }
            if (in.remaining() < Integer.BYTES) {
                return DecodeResult.needMore(Integer.BYTES);
            }
            long length = Integer.toUnsignedLong(in.getInt(0));
            if (length > maxBytes) { // before memory is taken for it
                throw new LimitExceededException(source, in.position(), "maxBytes", maxBytes, length);
            }
            blob = ByteBuffer.allocateDirect((int) length);
            return DecodeResult.needInto(Integer.BYTES, blob);
        }
    }
    // end

    private static ReadableByteChannel channel(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.limit()];
        bytes.get(0, copy);
        return Channels.newChannel(new ByteArrayInputStream(copy));
    }

    @Test
    void aFixedFrame() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 7).putDouble(1.5).put((byte) 8).putDouble(2.5);
        List<Reading> readings = new ArrayList<>();
        try (FrameReader<Reading> frames =
                FrameReader.open(channel(bytes), new ReadingDecoder(), FrameReaderOptions.defaults())) {
            while (frames.next()) {
                readings.add(frames.frame());
            }
        }
        assertThat(readings).containsExactly(new Reading(7, 1.5), new Reading(8, 2.5));

        bytes.limit(12);
        try (FrameReader<Reading> frames = FrameReader.open(
                channel(bytes),
                new ReadingDecoder(),
                FrameReaderOptions.defaults().withSource("sensors"))) {
            assertThat(frames.next()).isTrue();
            assertThatThrownBy(frames::next)
                    .isInstanceOf(TruncatedStreamException.class)
                    .hasMessageStartingWith("[sensors @");
        }
    }

    @Test
    void aPayloadOfAnyLength() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(100_004).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(100_000).put(100_003, (byte) 5);
        try (FrameReader<ByteBuffer> frames = FrameReader.open(
                channel(bytes), new BlobDecoder("blobs", MAX_FRAME_BYTES), FrameReaderOptions.defaults())) {
            assertThat(frames.next()).isTrue();
            assertThat(frames.frame().remaining()).isEqualTo(100_000);
            assertThat(frames.frame().get(99_999)).isEqualTo((byte) 5);
            assertThat(frames.next()).isFalse();
        }
        bytes.putInt(0, MAX_FRAME_BYTES + 1);
        try (FrameReader<ByteBuffer> frames = FrameReader.open(
                channel(bytes), new BlobDecoder("blobs", MAX_FRAME_BYTES), FrameReaderOptions.defaults())) {
            assertThatThrownBy(frames::next)
                    .isInstanceOf(LimitExceededException.class)
                    .hasMessage("[blobs @0] maxBytes: expected at most 1048576, found 1048577");
        }
    }

    @Test
    void linesOfText() throws IOException {
        ReadableByteChannel channel = channel(ByteBuffer.wrap("one\ntwo\nthree".getBytes(UTF_8)));
        List<String> lines = new ArrayList<>();
        // example: lines
        var decoder = new DelimiterFrameDecoder("access.log", (byte) '\n', MAX_FRAME_BYTES, true);
        try (var frames =
                FrameReader.open(channel, decoder, FrameReaderOptions.defaults().withSource("access.log"))) {
            while (frames.next()) {
                lines.add(new String(frames.frame(), UTF_8));
            }
        }
        // end
        assertThat(lines).containsExactly("one", "two", "three");
    }

    @Test
    void questionsOverAConnection() throws Exception {
        try (var memory = LightstreamMemory.create();
                var server = Lightstream.listen("tcp://127.0.0.1:0", memory)) {
            Thread serving = new Thread(() -> receive(server));
            serving.start();
            try (var connection = Lightstream.connect(server.uri(), memory)) {
                // example: send
                var encoder = new LengthPrefixedFrameEncoder(ByteOrder.BIG_ENDIAN);
                try (var frames = FrameWriter.open(connection.output(), encoder, GatheringOutputOptions.defaults())) {
                    frames.write(ByteBuffer.wrap("which trades?".getBytes(UTF_8)));
                    frames.flush(); // small frames wait for others otherwise
                }
                // end
            }
            serving.join();
        }
        assertThat(received).containsExactly("which trades?");
    }

    private void receive(Server server) {
        try (Connection connection = server.accept()) {
            // example: receive
            var decoder = new LengthPrefixedFrameDecoder(connection.name(), ByteOrder.BIG_ENDIAN, MAX_FRAME_BYTES);
            var options = FrameReaderOptions.defaults().withSource(connection.name());
            try (var frames = FrameReader.open(connection.input(), decoder, options)) {
                while (frames.next()) {
                    received.add(UTF_8.decode(frames.frame()).toString());
                }
            }
            // end
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
