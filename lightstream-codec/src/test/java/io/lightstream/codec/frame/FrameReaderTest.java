package io.lightstream.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.TruncatedStreamException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameReaderTest {
    private static final int KB = 1 << 10;
    private static final FrameReaderOptions OPTIONS = FrameReaderOptions.defaults();

    private final Random random = new Random(4);

    private List<Message> messages(int count, int headerBytes, int bodyBytes) {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(Message.random(random, headerBytes, bodyBytes));
        }
        return messages;
    }

    private static FrameReader<Message> open(ReadableByteChannel channel, int parts) {
        return FrameReader.open(channel, new Message.Decoder(parts, true), OPTIONS.withSource("test"));
    }

    private static List<Message> readAll(FrameReader<Message> reader) throws IOException {
        List<Message> frames = new ArrayList<>();
        while (reader.next()) {
            frames.add(reader.frame());
        }
        assertThat(reader.next()).isFalse();
        return frames;
    }

    @Test
    void noByteOfALargePayloadIsCopiedAndItsHeaderComesWithThePayloadBefore() throws IOException {
        List<Message> messages = messages(5, 244, 600 * KB);
        var source = new TestSource(Message.stream(messages));
        try (var reader = open(source, 3)) {
            assertThat(readAll(reader)).isEqualTo(messages);
            assertThat(reader.copiedBytes()).isZero();
            assertThat(reader.directBytes()).isEqualTo(5L * 600 * KB);
            assertThat(reader.reads()).isEqualTo(source.asked.size());
        }
        int header = Message.PREFIX_BYTES + 244;
        List<Integer> expected = new ArrayList<>(List.of(Message.PREFIX_BYTES, 244));
        expected.addAll(List.of(256 * KB, 256 * KB, 88 * KB + header));
        for (int i = 1; i < 5; i++) {
            expected.addAll(List.of(256 * KB, 256 * KB, 88 * KB + header));
        }
        expected.add(Message.PREFIX_BYTES); // finds the end
        assertThat(source.asked).isEqualTo(expected);
    }

    @Test
    void paddingBehindAPayloadIsReadWithTheNextHeader() throws IOException {
        List<Message> messages = messages(6, 244, 100 * KB + 1);
        var source = new TestSource(Message.stream(messages));
        try (var reader = open(source, 1)) {
            assertThat(readAll(reader)).isEqualTo(messages);
            assertThat(reader.copiedBytes()).isZero();
        }
        assertThat(source.asked.subList(source.asked.size() - 3, source.asked.size() - 1))
                .containsOnly(100 * KB + 1 + 7 + Message.PREFIX_BYTES + 244);
    }

    @Test
    void headersThatVaryNeverCauseACopyAfterTheFirstTwo() throws IOException {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            messages.add(Message.random(random, i % 2 == 0 ? 500 : 100, 40 * KB));
        }
        try (var reader = open(new TestSource(Message.stream(messages)), 2)) {
            for (int i = 0; i < 2; i++) {
                assertThat(reader.next()).isTrue();
            }
            long copiedSoFar = reader.copiedBytes();
            assertThat(copiedSoFar).isLessThanOrEqualTo(400);
            assertThat(readAll(reader)).isEqualTo(messages.subList(2, 10));
            assertThat(reader.copiedBytes()).isEqualTo(copiedSoFar);
        }
    }

    @Test
    void manySmallFramesComeWithOneRead() throws IOException {
        List<Message> messages = messages(10_000, 40, 100);
        var source = new TestSource(Message.stream(messages));
        try (var reader = open(source, 1)) {
            assertThat(readAll(reader)).isEqualTo(messages);
            assertThat(reader.reads()).isLessThan(40);
        }
    }

    @Test
    void tellsWhetherTheNextFrameHasBegunToArrive() throws IOException {
        List<Message> messages = messages(20, 40, 100);
        try (var reader = open(new TestSource(Message.stream(messages)), 1)) {
            for (int i = 0; i < 20; i++) {
                assertThat(reader.next()).isTrue();
                // The first few are read one by one.
                if (i > ReadAheadPolicy.SMALL_FRAMES_BEFORE_BULK) {
                    assertThat(reader.hasArrived()).isEqualTo(i < 19);
                }
            }
        }
    }

    @Test
    void smallAndLargeInTurnsSwitchBothWays() throws IOException {
        List<Message> messages = messages(1000, 40, 100);
        messages.addAll(messages(20, 40, 50 * KB));
        messages.addAll(messages(1000, 40, 100));
        messages.addAll(messages(20, 40, 50 * KB));
        try (var reader = open(new TestSource(Message.stream(messages)), 2)) {
            assertThat(readAll(reader)).isEqualTo(messages);
            assertThat(reader.reads()).isLessThan(120);
            assertThat(reader.copiedBytes()).isLessThan(2 * 256 * KB + 2 * 1000 * 100);
        }
    }

    @Test
    void whateverTheChannelReturns() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            Random own = new Random(seed);
            List<Message> messages = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Message message = Message.random(own, own.nextInt(300), own.nextInt(1 << own.nextInt(19)));
                messages.add(own.nextInt(5) == 0 && message.header().hasRemaining() ? message.unwanted() : message);
            }
            byte[] stream = Message.stream(messages);
            int max = 1 + own.nextInt(1 << (10 + own.nextInt(10)));
            var source = new TestSource(stream, asked -> Math.min(asked, own.nextInt(max + 1)));
            ReadableByteChannel channel = own.nextBoolean() ? source : source.plain();
            var decoder = new Message.Decoder(1 + own.nextInt(100), own.nextBoolean());
            var options = OPTIONS.withChunkBytes(1 + own.nextInt(5000)).withMaxReadBytes(1 + own.nextInt(50_000));
            try (var reader = FrameReader.open(channel, decoder, options)) {
                assertThat(readAll(reader)).isEqualTo(Message.wanted(messages));
                assertThat(reader.position()).isEqualTo(stream.length);
                long payload = Message.wanted(messages).stream()
                        .mapToLong(message -> message.body().remaining())
                        .sum();
                assertThat(reader.copiedBytes() + reader.directBytes()).isEqualTo(payload);
            }
            assertThat(decoder.closed).isOne();
        }
    }

    @Test
    void oneByteAtATime() throws IOException {
        List<Message> messages = messages(20, 30, 50);
        try (var reader = open(new TestSource(Message.stream(messages), asked -> 1), 2)) {
            assertThat(readAll(reader)).isEqualTo(messages);
        }
    }

    @Test
    void heapDestinationsCountAsCopied() throws IOException {
        List<Message> messages = messages(3, 30, 100 * KB);
        var source = new TestSource(Message.stream(messages));
        try (var reader = FrameReader.open(source, new Message.Decoder(2, false), OPTIONS)) {
            assertThat(readAll(reader)).isEqualTo(messages);
            assertThat(reader.copiedBytes()).isEqualTo(3 * 100 * KB);
            assertThat(reader.directBytes()).isZero();
        }
    }

    @Test
    void theEndInsideAFrameIsTruncation() throws IOException {
        byte[] stream = Message.stream(messages(2, 5, 30));
        for (int length = 1; length < stream.length; length++) {
            byte[] cut = Arrays.copyOf(stream, length);
            try (var reader = open(new TestSource(cut), 1)) {
                if (length == stream.length / 2) {
                    assertThat(readAll(reader)).hasSize(1);
                } else {
                    assertThatThrownBy(() -> readAll(reader))
                            .isInstanceOf(TruncatedStreamException.class)
                            .hasMessageStartingWith("[test @" + length + "] ");
                    assertThatThrownBy(reader::next)
                            .isInstanceOf(IllegalStateException.class)
                            .hasCauseInstanceOf(TruncatedStreamException.class);
                }
            }
        }
    }

    @Test
    void anIoErrorPassesThroughAndEndsTheStream() throws IOException {
        var error = new IOException("Connection reset");
        var decoder = new Message.Decoder(1, true);
        try (var reader = FrameReader.open(failing(error), decoder, OPTIONS)) {
            assertThatThrownBy(reader::next).isSameAs(error);
            assertThat(decoder.closed).isOne();
            assertThatThrownBy(reader::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasCause(error);
        }
        assertThat(decoder.closed).isOne();
    }

    private static ReadableByteChannel failing(IOException error) {
        return new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer destination) throws IOException {
                throw error;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void aChannelThatNeverReturnsAnythingIsGivenUp() throws IOException {
        try (var reader = open(new TestSource(new byte[100], asked -> 0), 1)) {
            assertThatThrownBy(reader::next).isInstanceOf(IOException.class).hasMessageContaining("no progress");
        }
    }

    @Test
    void aNonBlockingChannelIsRefused() throws IOException {
        Pipe pipe = Pipe.open();
        try (var source = pipe.source();
                var sink = pipe.sink()) {
            source.configureBlocking(false);
            sink.configureBlocking(false);
            assertThatThrownBy(() -> open(source, 1)).isInstanceOf(IllegalBlockingModeException.class);
            assertThatThrownBy(() -> GatheringOutput.open(sink, GatheringOutputOptions.defaults()))
                    .isInstanceOf(IllegalBlockingModeException.class);
        }
    }

    @Test
    void longSkipsAreLeftOutOfAFile(@TempDir Path directory) throws IOException {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            messages.add(Message.random(random, 10, 500 * KB).unwanted());
            messages.add(Message.random(random, 10, 100));
        }
        byte[] stream = Message.stream(messages);
        Path file = Files.write(directory.resolve("messages"), stream);
        try (var reader = open(FileChannel.open(file), 1)) {
            assertThat(readAll(reader)).isEqualTo(Message.wanted(messages));
            assertThat(reader.position()).isEqualTo(stream.length);
            assertThat(reader.reads()).isLessThan(100);
        }
        Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(stream, 300 * KB));
        try (var reader = open(FileChannel.open(cut), 1)) {
            assertThatThrownBy(reader::next)
                    .isInstanceOf(TruncatedStreamException.class)
                    .hasMessageStartingWith("[test @" + 300 * KB + "] bytes to skip");
        }
    }

    @Test
    void closeClosesDecoderAndChannelOnce() throws IOException {
        var source = new TestSource(new byte[0]);
        var decoder = new Message.Decoder(1, true);
        var reader = FrameReader.open(source, decoder, OPTIONS.withSource("test"));
        reader.close();
        reader.close();
        assertThat(source.isOpen()).isFalse();
        assertThat(decoder.closed).isOne();
        assertThatThrownBy(reader::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The reader of test is closed");
    }

    @Test
    void theChannelMayBeLeftOpen() throws IOException {
        var source = new TestSource(new byte[0]);
        FrameReader.open(source, new Message.Decoder(1, true), OPTIONS.withCloseChannel(false))
                .close();
        assertThat(source.isOpen()).isTrue();
    }

    @Test
    void positionsCountFromWhereTheChannelStands() throws IOException {
        List<Message> messages = messages(2, 8, 4);
        var source = new TestSource(Message.stream(messages));
        try (var reader = FrameReader.open(source, new Message.Decoder(1, true), OPTIONS.withPosition(64))) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.framePosition()).isEqualTo(64);
            assertThat(reader.next()).isTrue();
            assertThat(reader.framePosition()).isEqualTo(64 + 24);
            assertThat(reader.position()).isEqualTo(64 + 48);
        }
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> OPTIONS.withChunkBytes(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OPTIONS.withMaxReadBytes(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OPTIONS.withPosition(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Collections.singleton(OPTIONS)).containsExactly(FrameReaderOptions.defaults());
    }
}
