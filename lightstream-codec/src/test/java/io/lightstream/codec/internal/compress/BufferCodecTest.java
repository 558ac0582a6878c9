package io.lightstream.codec.internal.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.lightstream.codec.memory.NativeMemory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both codecs against the libraries' own streams, on every block size and kind of frame, and on damaged frames. */
class BufferCodecTest {
    private static final int MORE_THAN_A_BLOCK = (4 << 20) + 12_345;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 64, 65_536, 65_537, 300_000, 1_100_000, MORE_THAN_A_BLOCK})
    void lz4IsReadBackAndByAnIndependentDecoder(int length) throws Exception {
        try (BufferCodec codec = BufferCodec.lz4Frame()) {
            for (byte[] content : new byte[][] {repetitive(length), random(length)}) {
                byte[] frame = Lz4Frames.compress(codec, content);
                assertThat(Lz4Frames.decompress(codec, frame, length)).isEqualTo(content);
                assertThat(new LZ4FrameInputStream(new ByteArrayInputStream(frame)).readAllBytes())
                        .isEqualTo(content);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 65_537, MORE_THAN_A_BLOCK})
    void zstdIsReadBackAndByAnIndependentDecoder(int length) throws Exception {
        try (BufferCodec codec = BufferCodec.zstd(3)) {
            for (byte[] content : new byte[][] {repetitive(length), random(length)}) {
                byte[] frame = Lz4Frames.compress(codec, content);
                assertThat(Lz4Frames.decompress(codec, frame, length)).isEqualTo(content);
                assertThat(Zstd.decompress(frame, length)).isEqualTo(content);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x20, 0x10, 0x08, 0x04, 0x1C, 0x3C})
    void lz4FramesOfEveryKindAreRead(int flags) throws Exception {
        byte[] content = repetitive(200_000);
        byte[] frame = Lz4Frames.frame(content, flags);
        try (BufferCodec codec = BufferCodec.lz4Frame()) {
            assertThat(Lz4Frames.decompress(codec, frame, content.length)).isEqualTo(content);
        }
    }

    @Test
    void lz4LinkedBlocksReferToTheBlocksBefore() throws Exception {
        byte[] first = random(100);
        // No literals, a match of 19 bytes at distance 100, then one literal as the end of a block has it.
        byte[] second = {(byte) 0x0F, 100, 0, 0, 0x10, 'x'};
        Lz4Frames frame = new Lz4Frames(0);
        frame.header(0);
        frame.raw(first, false);
        frame.raw(second, true);
        byte[] expected = Arrays.copyOf(first, 120);
        System.arraycopy(first, 0, expected, 100, 19);
        expected[119] = 'x';
        try (BufferCodec codec = BufferCodec.lz4Frame()) {
            assertThat(Lz4Frames.decompress(codec, frame.end(expected), 120)).isEqualTo(expected);
        }
    }

    @Test
    void lz4MatchMustNotReachBehindTheFrame() {
        Lz4Frames frame = new Lz4Frames(0);
        frame.header(0);
        frame.raw(new byte[] {0x10, 'a', 2, 0, 0x10, 'x'}, true);
        byte[] bytes = frame.end(new byte[0]);
        try (BufferCodec codec = BufferCodec.lz4Frame()) {
            assertThatThrownBy(() -> Lz4Frames.decompress(codec, bytes, 6)).isInstanceOf(CorruptBufferException.class);
        }
    }

    @Test
    void lz4ConcatenatedAndSkippableFrames() throws Exception {
        byte[] first = repetitive(70_000);
        byte[] second = random(100);
        byte[] skippable = {0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3};
        byte[] frames = concat(skippable, Lz4Frames.frame(first, 0), skippable, Lz4Frames.frame(second, 0x20));
        try (BufferCodec codec = BufferCodec.lz4Frame()) {
            assertThat(Lz4Frames.decompress(codec, frames, 70_100)).isEqualTo(concat(first, second));
        }
    }

    @Test
    void lz4FramesOfTheLibraryAreRead() throws Exception {
        byte[] content = repetitive(5_000_000);
        var bytes = new java.io.ByteArrayOutputStream();
        try (var out = new LZ4FrameOutputStream(bytes, LZ4FrameOutputStream.BLOCKSIZE.SIZE_256KB)) {
            out.write(content);
        }
        try (BufferCodec codec = BufferCodec.lz4Frame()) {
            assertThat(Lz4Frames.decompress(codec, bytes.toByteArray(), content.length))
                    .isEqualTo(content);
        }
    }

    @Test
    void aLengthThatIsNotTheAnnouncedOneIsAnError() {
        byte[] content = repetitive(70_000);
        try (BufferCodec lz4 = BufferCodec.lz4Frame();
                BufferCodec zstd = BufferCodec.zstd(1)) {
            for (BufferCodec codec : new BufferCodec[] {lz4, zstd}) {
                byte[] frame = Lz4Frames.compress(codec, content);
                for (int wrong : new int[] {0, 1, 69_999, 70_001, 200_000}) {
                    assertThatThrownBy(() -> Lz4Frames.decompress(codec, frame, wrong))
                            .isInstanceOf(CorruptBufferException.class);
                }
            }
        }
    }

    /** Views end eight bytes before the longest array. A sparse file serves as the target, of which hardly a page is touched. */
    @Test
    void zstdTakesTargetsLongerThanAView(@TempDir Path folder) throws IOException {
        byte[] frame = Lz4Frames.compress(BufferCodec.zstd(1), repetitive(1_000));
        ByteBuffer source = ByteBuffer.allocateDirect(frame.length).put(frame);
        try (BufferCodec codec = BufferCodec.zstd(1);
                FileChannel file = FileChannel.open(
                        folder.resolve("target"),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            ByteBuffer target = file.map(FileChannel.MapMode.READ_WRITE, 0, Integer.MAX_VALUE);
            long address = NativeMemory.addressOf(target);
            for (int length : new int[] {Integer.MAX_VALUE - 8, Integer.MAX_VALUE - 7, Integer.MAX_VALUE}) {
                assertThatThrownBy(
                                () -> codec.decompress(NativeMemory.addressOf(source), frame.length, address, length))
                        .isInstanceOf(CorruptBufferException.class)
                        .hasMessage("decompressed length: expected " + length + ", found 1000");
            }
        }
    }

    @Test
    void damagedFramesNeverEscapeTheTarget() {
        Random random = new Random(42);
        byte[] content = repetitive(3_000);
        try (BufferCodec lz4 = BufferCodec.lz4Frame();
                BufferCodec zstd = BufferCodec.zstd(1)) {
            byte[][] frames = {
                Lz4Frames.compress(lz4, content), Lz4Frames.frame(content, 0), Lz4Frames.compress(zstd, content)
            };
            for (int i = 0; i < 30_000; i++) {
                byte[] damaged = frames[i % 3].clone();
                for (int hits = 0; hits <= i % 4; hits++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                int length = random.nextInt(8) == 0 ? random.nextInt(damaged.length) : damaged.length;
                decompressOrFail(i % 3 == 2 ? zstd : lz4, Arrays.copyOf(damaged, length), content.length);
            }
        }
    }

    private static void decompressOrFail(BufferCodec codec, byte[] frame, int length) {
        try {
            assertThat(Lz4Frames.decompress(codec, frame, length)).hasSize(length);
        } catch (CorruptBufferException declared) {
            assertThat(declared).hasMessageNotContaining("null");
        }
    }

    @Test
    void lz4ChecksumsAreChecked() {
        byte[] frame = Lz4Frames.frame(random(1_000), 0x14);
        try (BufferCodec codec = BufferCodec.lz4Frame()) {
            byte[] otherContent = frame.clone();
            otherContent[500] ^= 1;
            assertThatThrownBy(() -> Lz4Frames.decompress(codec, otherContent, 1_000))
                    .hasMessageContaining("checksum of an LZ4 block");
            byte[] otherHeader = frame.clone();
            otherHeader[5] = 0x50;
            assertThatThrownBy(() -> Lz4Frames.decompress(codec, otherHeader, 1_000))
                    .hasMessageContaining("checksum of the LZ4 frame header");
        }
    }

    private static byte[] repetitive(int length) {
        byte[] content = new byte[length];
        Random random = new Random(7);
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (random.nextInt(20) == 0 ? random.nextInt() : "row_ of a table".charAt(i % 15));
        }
        return content;
    }

    private static byte[] random(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    private static byte[] concat(byte[]... parts) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.write(part);
        }
        return bytes.toByteArray();
    }
}
