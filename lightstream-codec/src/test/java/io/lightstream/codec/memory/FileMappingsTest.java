package io.lightstream.codec.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.arrow.memory.ArrowBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMappingsTest {
    private static final int LENGTH = 20_000;

    @TempDir
    Path folder;

    private Path path;
    private FileChannel channel;

    @BeforeEach
    void open() throws IOException {
        byte[] bytes = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            bytes[i] = (byte) (i * 31);
        }
        path = Files.write(folder.resolve("mapped"), bytes);
        channel = FileChannel.open(path);
    }

    @AfterEach
    void nothingStaysMapped() throws IOException {
        channel.close();
        assertThat(mappings()).isZero();
    }

    private long mappings() throws IOException {
        Path maps = Path.of("/proc/self/maps");
        assumeTrue(Files.isReadable(maps));
        return Files.readAllLines(maps).stream()
                .filter(line -> line.contains(path.toAbsolutePath().toString()))
                .count();
    }

    @Test
    void mapsFromAnyPositionAndUnmapsWithTheLastReference() throws IOException {
        for (int position : new int[] {0, 1, 63, 4_095, 4_096, 4_097, 12_345, LENGTH - 1}) {
            MemoryOwner mapped = FileMappings.map(channel, position, LENGTH - position);
            assertThat(mapped.address() % 4_096).isEqualTo(position % 4_096);
            assertThat(mapped.length()).isEqualTo(LENGTH - position);
            assertThat(mapped.isMapped()).isTrue();
            assertThat(NativeMemory.getByte(mapped.address())).isEqualTo((byte) (position * 31));
            assertThat(NativeMemory.getByte(mapped.address() + LENGTH - position - 1))
                    .isEqualTo((byte) ((LENGTH - 1) * 31));
            mapped.retain();
            mapped.release();
            assertThat(mappings()).isOne();
            mapped.release();
            assertThat(mappings()).isZero();
            assertThatThrownBy(mapped::release).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(mapped::retain).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void arrowBuffersKeepItMapped() throws IOException {
        for (int position : new int[] {0, 4_097, LENGTH - 10}) {
            MemoryOwner mapped = FileMappings.map(channel, position, LENGTH - position);
            ArrowBuf buffer = mapped.slice(5, 3);
            assertThat(buffer.memoryAddress()).isEqualTo(mapped.address() + 5);
            assertThat(buffer.readableBytes()).isEqualTo(3);
            assertThat(FileMappings.isMapped(buffer)).isTrue();
            mapped.release();
            ArrowBuf slice = buffer.slice(1, 1);
            slice.getReferenceManager().retain();
            buffer.getReferenceManager().release();
            assertThat(mappings()).isOne();
            assertThat(slice.getByte(0)).isEqualTo((byte) ((position + 6) * 31));
            slice.getReferenceManager().release();
            assertThat(mappings()).isZero();
            assertThatThrownBy(() -> slice.getReferenceManager().release()).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> mapped.slice(0, 1)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void outlivesTheChannel() throws IOException {
        MemoryOwner mapped = FileMappings.map(channel, 100, 50);
        channel.close();
        Files.delete(path);
        assertThat(NativeMemory.getByte(mapped.address() + 49)).isEqualTo((byte) (149 * 31));
        mapped.release();
    }

    @Test
    void nothingCanBeMapped() throws IOException {
        for (int position : new int[] {0, 5_000, LENGTH}) {
            MemoryOwner mapped = FileMappings.map(channel, position, 0);
            assertThat(mapped.length()).isZero();
            mapped.release();
        }
    }

    @Test
    void rangesOutsideOfTheFileAreRefused() {
        assertThatThrownBy(() -> FileMappings.map(channel, 0, LENGTH + 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("inside of the file's " + LENGTH + " bytes");
        assertThatThrownBy(() -> FileMappings.map(channel, LENGTH + 1, 0)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> FileMappings.map(channel, -1, 1)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> FileMappings.map(channel, Long.MAX_VALUE, 10)).isInstanceOf(IOException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> FileMappings.map(channel, 0, -1));
        assertThat(path).hasSize(LENGTH);
    }

    @Test
    void longerThanTheJvmCanMap() throws IOException {
        long beyond = 3L << 30;
        Path sparse = folder.resolve("sparse");
        try (FileChannel large = FileChannel.open(
                sparse, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
            large.write(ByteBuffer.wrap(new byte[] {9}), beyond - 1);
            if (FileMappings.LONGEST < beyond) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> FileMappings.map(large, 0, beyond))
                        .withMessageContaining(String.valueOf(FileMappings.LONGEST));
            } else {
                MemoryOwner whole = FileMappings.map(large, 0, beyond);
                assertThat(NativeMemory.getByte(whole.address() + beyond - 1)).isEqualTo((byte) 9);
                whole.release();
            }
        }
    }

    private static BatchMemory memory(MemoryOwner... owners) {
        return BatchMemory.of(owners);
    }

    /** As batches have it that are made of vectors. */
    private static MemoryOwner throughArrow(MemoryOwner mapped) {
        ArrowBuf buffer = mapped.slice(0, mapped.length());
        mapped.release();
        return MemoryOwner.of(buffer);
    }

    @Test
    void viewsOfEveryKindRefuseWritesAndFailOnceItIsUnmapped() throws IOException {
        checkViews(mapped -> mapped);
        checkViews(FileMappingsTest::throughArrow);
    }

    /** One after the other: the views must not reach each other's pages either. */
    private void checkViews(UnaryOperator<MemoryOwner> way) throws IOException {
        List<Function<ByteBuffer, Buffer>> kinds = List.of(
                bytes -> bytes,
                ByteBuffer::asShortBuffer,
                ByteBuffer::asIntBuffer,
                ByteBuffer::asLongBuffer,
                ByteBuffer::asFloatBuffer,
                ByteBuffer::asDoubleBuffer);
        for (Function<ByteBuffer, Buffer> kind : kinds) {
            MemoryOwner mapped = way.apply(FileMappings.map(channel, 64, 1_024));
            long address = mapped.address();
            BatchMemory memory = memory(mapped);
            Buffer view = memory.view(address + 64, 512, kind);
            assertThat(view.isReadOnly()).isTrue();
            assertThat(first(view)).isNotZero();
            assertThatThrownBy(() -> write(view)).isInstanceOf(ReadOnlyBufferException.class);
            memory.release();
            assertThatThrownBy(() -> first(view))
                    .as(view.getClass().getName())
                    .isInstanceOfAny(IllegalStateException.class, IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> memory.view(address, 8, bytes -> bytes)).isInstanceOf(IllegalStateException.class);
        }
    }

    private static double first(Buffer view) {
        if (view instanceof ByteBuffer bytes) {
            return bytes.get(0);
        } else if (view instanceof ShortBuffer shorts) {
            return shorts.get(0);
        } else if (view instanceof IntBuffer ints) {
            return ints.get(0);
        } else if (view instanceof LongBuffer longs) {
            return longs.get(0);
        } else if (view instanceof FloatBuffer floats) {
            return floats.get(0);
        }
        return ((DoubleBuffer) view).get(0);
    }

    private static void write(Buffer view) {
        if (view instanceof ByteBuffer bytes) {
            bytes.put(0, (byte) 1);
        } else if (view instanceof ShortBuffer shorts) {
            shorts.put(0, (short) 1);
        } else if (view instanceof IntBuffer ints) {
            ints.put(0, 1);
        } else if (view instanceof LongBuffer longs) {
            longs.put(0, 1);
        } else if (view instanceof FloatBuffer floats) {
            floats.put(0, 1);
        } else {
            ((DoubleBuffer) view).put(0, 1);
        }
    }

    @Test
    void ofManyViewsThoseStillHeldFail() throws IOException {
        MemoryOwner mapped = FileMappings.map(channel, 0, LENGTH);
        long address = mapped.address();
        BatchMemory memory = memory(mapped);
        List<LongBuffer> held = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            LongBuffer view = memory.view(address + i % 1_000 * 8L, 8, ByteBuffer::asLongBuffer);
            if (i % 1_000 == 0) {
                held.add(view);
            }
        }
        assertThat(held).allMatch(view -> view.get(0) != 0);
        memory.release();
        for (LongBuffer view : held) {
            assertThatThrownBy(() -> view.get(0))
                    .isInstanceOfAny(IllegalStateException.class, IndexOutOfBoundsException.class);
        }
    }

    @Test
    void memoryTellsWhatIsMappedAndChargesNothingForIt() throws IOException {
        checkMemory(mapped -> mapped);
        checkMemory(FileMappingsTest::throughArrow);
    }

    private void checkMemory(UnaryOperator<MemoryOwner> way) throws IOException {
        try (LightstreamMemory pool = LightstreamMemory.create()) {
            MemoryOwner mapped = way.apply(FileMappings.map(channel, 0, 4_000));
            ArrowBuf pooled = pool.allocator().buffer(1_000);
            long from = mapped.address();
            long other = pooled.memoryAddress();
            BatchMemory memory = memory(MemoryOwner.of(pooled), mapped);
            assertThat(memory.isMapped(from)).isTrue();
            assertThat(memory.isMapped(from + 3_999)).isTrue();
            assertThat(memory.isMapped(from + 4_000)).isFalse();
            assertThat(memory.isMapped(from - 1)).isFalse();
            assertThat(memory.isMapped(other)).isFalse();
            assertThat(memory.chargedBytes()).isEqualTo(1_024);
            assertThat(memory.retainedBytes()).isEqualTo(1_024 + 4_000);
            assertThat(memory.view(other, 8, bytes -> bytes).isReadOnly()).isFalse();
            assertThat(memory.view(from, 0, bytes -> bytes).capacity()).isZero();
            ArrowBuf slice = memory.slice(from + 3_000, 1_000);
            assertThat(slice.getByte(999)).isEqualTo((byte) (3_999 * 31));
            slice.close();
            BatchMemory.Transfer transfer = memory.transferTo(pool.allocator());
            memory.release();
            assertThat(transfer.memory().isMapped(transfer.addresses().applyAsLong(from + 5)))
                    .isTrue();
            assertThat(mappings()).isOne();
            transfer.memory().release();
            assertThat(mappings()).isZero();
        }
    }

    @Test
    void faultsThatAreNotThereAreNotThrown() {
        for (int i = 0; i < 50_000; i++) {
            FileMappings.throwPendingFault();
        }
    }
}
