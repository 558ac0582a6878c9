package io.lightstream.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.memory.NativeMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GatheringOutputTest {
    private static final int KB = 1 << 10;
    private static final GatheringOutputOptions OPTIONS =
            GatheringOutputOptions.defaults().withSink("test");

    private final Random random = new Random(5);
    private final TestSink sink = new TestSink();

    private ByteBuffer direct(int size) {
        return fill(ByteBuffer.allocateDirect(size));
    }

    private ByteBuffer heap(int size) {
        return fill(ByteBuffer.allocate(size));
    }

    private ByteBuffer fill(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        random.nextBytes(bytes);
        return buffer.put(0, bytes);
    }

    private static byte[] concat(List<ByteBuffer> buffers) {
        var bytes = new ByteArrayOutputStream();
        for (ByteBuffer buffer : buffers) {
            byte[] part = new byte[buffer.remaining()];
            buffer.duplicate().get(part);
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    @Test
    void smallWritesAreCollected() throws IOException {
        List<ByteBuffer> written = new ArrayList<>();
        try (var output = GatheringOutput.open(sink, OPTIONS)) {
            for (int i = 0; i < 1000; i++) {
                ByteBuffer buffer = direct(700);
                output.write(buffer);
                written.add(buffer);
            }
            assertThat(sink.offered).containsExactly(OPTIONS.stagingBytes(), OPTIONS.stagingBytes());
            output.flush();
            assertThat(sink.bytes()).isEqualTo(concat(written));
            assertThat(output.position()).isEqualTo(700_000);
            assertThat(output.copiedBytes()).isEqualTo(700_000);
            assertThat(output.writes()).isEqualTo(3);
            output.flush();
            assertThat(output.writes()).isEqualTo(3);
        }
    }

    @Test
    void largeWritesGoWithoutACopyBehindWhatWasCollected() throws IOException {
        ByteBuffer small = direct(100);
        ByteBuffer large = direct(1000 * KB);
        try (var output = GatheringOutput.open(sink, OPTIONS)) {
            output.write(small);
            output.write(large);
            assertThat(sink.offered)
                    .containsExactly(
                            OPTIONS.maxWriteBytes(),
                            OPTIONS.maxWriteBytes(),
                            OPTIONS.maxWriteBytes(),
                            100 + 1000 * KB - 3 * OPTIONS.maxWriteBytes());
            assertThat(sink.bytes()).isEqualTo(concat(List.of(small, large)));
            assertThat(output.copiedBytes()).isEqualTo(100);
        }
    }

    @Test
    void severalBuffersAreOneCall() throws IOException {
        ByteBuffer[] buffers = {heap(1), direct(10), direct(44 * KB), direct(3), direct(4 * KB), direct(5), heap(1)};
        try (var output = GatheringOutput.open(sink, OPTIONS)) {
            output.write(buffers, 1, 5);
            assertThat(sink.offered).containsExactly(10 + 44 * KB + 3 + 4 * KB);
            output.flush();
            assertThat(sink.bytes()).isEqualTo(concat(List.of(buffers).subList(1, 6)));
            assertThat(output.copiedBytes()).isEqualTo(18);
            assertThatThrownBy(() -> output.write(buffers, 5, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void whatComesWithOneCallDecidesWhetherItIsCollected() throws IOException {
        ByteBuffer half = direct(24 * KB);
        ByteBuffer small = direct(4 * KB - 1);
        try (var output = GatheringOutput.open(sink, OPTIONS)) {
            output.write(direct(48 * KB - 1));
            output.write(new ByteBuffer[] {half, small}, 0, 2);
            assertThat(sink.offered).isEmpty();
            output.write(new ByteBuffer[] {half, small, half}, 0, 3);
            assertThat(sink.offered).containsExactly(48 * KB - 1 + 3 * 24 * KB + 2 * (4 * KB - 1));
            assertThat(output.copiedBytes()).isEqualTo(48 * KB - 1 + 24 * KB + 2 * (4 * KB - 1));
        }
    }

    @Test
    void aFrameMayPutItselfTogether() throws IOException {
        ByteBuffer large = direct(700 * KB);
        ByteBuffer tail = direct(300);
        try (var output = GatheringOutput.open(sink, OPTIONS.withStagingBytes(1000))) {
            output.write(direct(30));
            output.write((StagedFrame) stage -> {
                assertThat(stage.lends(48 * KB)).isTrue();
                assertThat(stage.lends(48 * KB - 1)).isFalse();
                for (int i = 0; i < 50; i++) {
                    long before = stage.room(64).position();
                    assertThat(stage.address()).isEqualTo(NativeMemory.addressOf(stage.room(64)) + before);
                    stage.room(8).putLong(i);
                }
                stage.lend(large.duplicate());
                stage.room(1).put((byte) 7);
                assertThatThrownBy(() -> stage.room(65)).isInstanceOf(IllegalArgumentException.class);
            });
            assertThat(output.position()).isEqualTo(30 + 400 + 700 * KB + 1);
            assertThat(sink.bytes()).hasSize(30 + 400 + 700 * KB);
            output.write(tail);
        }
        ByteBuffer written =
                ByteBuffer.wrap(sink.bytes()).order(ByteOrder.LITTLE_ENDIAN).position(30);
        for (int i = 0; i < 50; i++) {
            assertThat(written.getLong()).isEqualTo(i);
        }
        assertThat(written.slice(430, 700 * KB)).isEqualTo(large);
        assertThat(written.get(430 + 700 * KB)).isEqualTo((byte) 7);
        assertThat(written.slice(431 + 700 * KB, 300)).isEqualTo(tail);
    }

    @Test
    void aFrameThatFailsEndsTheOutput() throws IOException {
        var output = GatheringOutput.open(sink, OPTIONS);
        assertThatThrownBy(() -> output.write((StagedFrame) stage -> {
                    throw new IOException("half a frame");
                }))
                .hasMessage("half a frame");
        assertThatThrownBy(() -> output.write(direct(1))).hasMessage("The output to test has failed");
        output.close();
        assertThat(sink.bytes()).isEmpty();
    }

    @Test
    void buffersAreLeftAsTheyAreAndNotReferredToAfterwards() throws IOException {
        ByteBuffer large = direct(300 * KB).position(7).limit(299 * KB);
        ByteBuffer small = direct(100).position(7).limit(50).asReadOnlyBuffer();
        byte[] expected = concat(List.of(small, large, small));
        try (var output = GatheringOutput.open(sink, OPTIONS)) {
            output.write(new ByteBuffer[] {small, large, small}, 0, 3);
            assertThat(large.position()).isEqualTo(7);
            assertThat(large.limit()).isEqualTo(299 * KB);
            assertThat(small.position()).isEqualTo(7);
            fill(large.duplicate().clear());
        }
        assertThat(sink.bytes()).isEqualTo(expected);
    }

    @Test
    void largeHeapBuffersAreCopiedThroughTheStagingBuffer() throws IOException {
        ByteBuffer large = heap(700 * KB);
        try (var output = GatheringOutput.open(sink, OPTIONS)) {
            output.write(large);
            assertThat(output.copiedBytes()).isEqualTo(700 * KB);
        }
        assertThat(sink.bytes()).isEqualTo(concat(List.of(large)));
    }

    @Test
    void padsWithZeroes() throws IOException {
        try (var output = GatheringOutput.open(sink, OPTIONS.withStagingBytes(4))) {
            output.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            output.pad(6);
            output.pad(0);
            assertThat(output.position()).isEqualTo(9);
            output.write(ByteBuffer.wrap(new byte[] {4}));
            assertThatThrownBy(() -> output.pad(-1)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(sink.bytes()).containsExactly(1, 2, 3, 0, 0, 0, 0, 0, 0, 4);
    }

    @Test
    void whateverIsWrittenAndWhateverTheChannelTakes() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            Random own = new Random(seed);
            int max = 1 + own.nextInt(1 << (6 + own.nextInt(14)));
            var slow = new TestSink(offered -> own.nextInt(Math.min(offered, max) + 1));
            var options = OPTIONS.withStagingBytes(1 + own.nextInt(3000))
                    .withLargeBytes(1 + own.nextInt(2000))
                    .withMaxWriteBytes(1 + own.nextInt(10_000));
            List<ByteBuffer> written = new ArrayList<>();
            try (var output = GatheringOutput.open(own.nextBoolean() ? slow : slow.plain(), options)) {
                for (int i = 0; i < 30; i++) {
                    writeSomething(own, output, written);
                }
                assertThat(output.position()).isEqualTo(concat(written).length);
            }
            assertThat(slow.bytes()).isEqualTo(concat(written));
            assertThat(slow.offered).allMatch(size -> size <= options.maxWriteBytes());
        }
    }

    private void writeSomething(Random own, GatheringOutput output, List<ByteBuffer> written) throws IOException {
        switch (own.nextInt(4)) {
            case 0 -> {
                int count = own.nextInt(200);
                output.pad(count);
                written.add(ByteBuffer.allocate(count));
            }
            case 1 -> {
                ByteBuffer[] buffers = new ByteBuffer[own.nextInt(150)];
                for (int i = 0; i < buffers.length; i++) {
                    buffers[i] = direct(own.nextInt(1 << own.nextInt(12)));
                }
                output.write(buffers, 0, buffers.length);
                written.addAll(List.of(buffers));
            }
            case 2 -> output.flush();
            default -> {
                int size = own.nextInt(1 << own.nextInt(16));
                ByteBuffer buffer = own.nextBoolean() ? direct(size) : heap(size);
                output.write(buffer);
                written.add(buffer);
            }
        }
    }

    @Test
    void afterAFailureNothingMoreIsWritten() throws IOException {
        var output = GatheringOutput.open(sink, OPTIONS);
        output.write(direct(10));
        sink.failure = "Broken pipe";
        assertThatThrownBy(output::flush).isInstanceOf(IOException.class).hasMessage("Broken pipe");
        sink.failure = "";
        assertThatThrownBy(() -> output.write(direct(10)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The output to test has failed")
                .hasRootCauseMessage("Broken pipe");
        output.close();
        assertThat(sink.bytes()).isEmpty();
        assertThat(sink.isOpen()).isFalse();
    }

    @Test
    void closeWritesTheRestAndIsIdempotent() throws IOException {
        var output = GatheringOutput.open(sink, OPTIONS);
        output.write(direct(10));
        output.close();
        output.close();
        assertThat(sink.bytes()).hasSize(10);
        assertThat(sink.isOpen()).isFalse();
        assertThatThrownBy(output::flush)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The output to test is closed");
    }

    @Test
    void theChannelIsClosedEvenIfTheRestCannotBeWritten() throws IOException {
        var output = GatheringOutput.open(sink, OPTIONS);
        output.write(direct(10));
        sink.failure = "No space left on device";
        assertThatThrownBy(output::close).hasMessage("No space left on device");
        assertThat(sink.isOpen()).isFalse();
    }

    @Test
    void theChannelMayBeLeftOpen() throws IOException {
        GatheringOutput.open(sink, OPTIONS.withCloseChannel(false)).close();
        assertThat(sink.isOpen()).isTrue();
    }

    @Test
    void fullWritesAreWholePacketsOfTheLoopback() {
        assertThat(OPTIONS.stagingBytes() % 65_482).isZero();
        assertThat(OPTIONS.maxWriteBytes() % 65_482).isZero();
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> OPTIONS.withStagingBytes(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stagingBytes: expected at least 1, found 0");
        assertThatThrownBy(() -> OPTIONS.withLargeBytes(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OPTIONS.withMaxWriteBytes(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
