package io.lightstream.codec.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

class NativeMemoryTest {

    private static final int LENGTH = 1 << 16;

    private final NativeBlock block = NativeBlock.allocate(LENGTH, 64);
    private final long address = block.address();

    @AfterEach
    void free() {
        block.free();
    }

    @Test
    void aViewIsALittleEndianBufferOverTheMemoryItself() {
        ByteBuffer view = NativeMemory.view(address + 5, 100);
        assertThat(view.isDirect()).isTrue();
        assertThat(view.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(view.capacity()).isEqualTo(100);
        assertThat(view.remaining()).isEqualTo(100);
        view.putInt(3, 0x01020304);
        assertThat(NativeMemory.getByte(address + 8)).isEqualTo((byte) 4);
        NativeMemory.putLong(address + 5 + 92, -2);
        assertThat(view.getLong(92)).isEqualTo(-2);
        assertThatThrownBy(() -> view.get(100)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> view.getLong(93)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(view.slice(10, 20).capacity()).isEqualTo(20);
    }

    @Test
    void fillingSetsTheseBytesAndNoOthers() {
        for (int from = 8; from < 16; from++) {
            for (int length = 0; length < 140; length++) {
                NativeMemory.fill(address, 200, (byte) 0x11);
                NativeMemory.fill(address + from, length, (byte) 0xA5);
                for (int i = 0; i < 200; i++) {
                    boolean inside = i >= from && i < from + length;
                    assertThat(NativeMemory.getByte(address + i)).isEqualTo((byte) (inside ? 0xA5 : 0x11));
                }
            }
        }
    }

    @Test
    void viewsDoNotDisturbEachOther() {
        ByteBuffer first = NativeMemory.view(address, 10);
        ByteBuffer second = NativeMemory.view(address + 10, 20);
        first.position(4);
        assertThat(second.position()).isZero();
        assertThat(first.capacity()).isEqualTo(10);
        assertThat(NativeMemory.addressOf(first)).isEqualTo(address);
        assertThat(NativeMemory.addressOf(second)).isEqualTo(address + 10);
    }

    @Test
    void aReadOnlyViewReadsAndRefusesToWrite() {
        NativeMemory.putShort(address, (short) 0x1234);
        ByteBuffer view = NativeMemory.readOnlyView(address, 2);
        assertThat(view.isReadOnly()).isTrue();
        assertThat(view.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(view.getShort(0)).isEqualTo((short) 0x1234);
        assertThatThrownBy(() -> view.put(0, (byte) 1)).isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    void aViewSpansFromNothingToTheLongestBuffer() {
        assertThat(NativeMemory.view(address, 0).capacity()).isZero();
        // Not accessed: a buffer may be made over any address.
        assertThat(NativeMemory.view(address, NativeMemory.LONGEST_VIEW).capacity())
                .isEqualTo(NativeMemory.LONGEST_VIEW);
        assertThatThrownBy(() -> NativeMemory.view(address, NativeMemory.LONGEST_VIEW + 1L))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NativeMemory.view(address, 1L << 31)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NativeMemory.view(address, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NativeMemory.readOnlyView(address, 1L << 31))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void channelsTakeViews(@TempDir Path directory) throws Exception {
        ByteBuffer written = NativeMemory.view(address, 1_000);
        for (int i = 0; i < 1_000; i++) {
            written.put(i, (byte) i);
        }
        try (FileChannel file = FileChannel.open(
                directory.resolve("bytes"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            assertThat(file.write(written)).isEqualTo(1_000);
            assertThat(file.read(NativeMemory.view(address + 2_000, 1_000), 0)).isEqualTo(1_000);
        }
        assertThat(NativeMemory.view(address + 2_000, 1_000)).isEqualTo(NativeMemory.view(address, 1_000));
    }

    @Test
    void theAddressIsThatOfIndexZero() {
        ByteBuffer direct = ByteBuffer.allocateDirect(100);
        long start = NativeMemory.addressOf(direct);
        direct.put(7, (byte) 77);
        assertThat(NativeMemory.getByte(start + 7)).isEqualTo((byte) 77);
        direct.position(30).limit(60);
        assertThat(NativeMemory.addressOf(direct)).isEqualTo(start);
        assertThat(NativeMemory.addressOf(direct.slice())).isEqualTo(start + 30);
        assertThat(NativeMemory.addressOf(direct.asReadOnlyBuffer())).isEqualTo(start);
        assertThatThrownBy(() -> NativeMemory.addressOf(ByteBuffer.allocate(8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void arraysAreCheckedAndCopiedBothWays() {
        byte[] source = {1, 2, 3, 4, 5};
        NativeMemory.copy(source, 1, address + 3, 4);
        byte[] target = new byte[6];
        NativeMemory.copyOut(address + 4, target, 2, 3);
        assertThat(target).containsExactly(0, 0, 3, 4, 5, 0);
        assertThatThrownBy(() -> NativeMemory.copy(source, 2, address, 4))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> NativeMemory.copyOut(address, target, -1, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void rawAccessThroughUnsafe() {
        checkRawAccess(new UnsafeRawAccess());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_22)
    void rawAccessThroughSegments() {
        checkRawAccess(new SegmentRawAccess());
    }

    private void checkRawAccess(RawAccess access) {
        ByteBuffer expected = NativeMemory.view(address, LENGTH).order(ByteOrder.nativeOrder());
        for (int i = 0; i < 4_000; i++) {
            long at = address + 11L * i;
            access.putByte(at, (byte) i);
            access.putShort(at + 1, (short) -i);
            access.putInt(at + 3, i * 0x01010101);
            assertThat(expected.get(11 * i)).isEqualTo((byte) i).isEqualTo(access.getByte(at));
            assertThat(expected.getShort(11 * i + 1)).isEqualTo((short) -i).isEqualTo(access.getShort(at + 1));
            assertThat(expected.getInt(11 * i + 3)).isEqualTo(i * 0x01010101).isEqualTo(access.getInt(at + 3));
            access.putLong(at + 3, i * 0x0123456789abcdefL);
            assertThat(expected.getLong(11 * i + 3))
                    .isEqualTo(i * 0x0123456789abcdefL)
                    .isEqualTo(access.getLong(at + 3));
        }
        access.fill(address + 1, 50, (byte) 9);
        assertThat(expected.getInt(47)).isEqualTo(0x09090909);
        assertThat(expected.get(51)).isNotEqualTo((byte) 9);
        for (byte i = 0; i < 20; i++) {
            access.putByte(address + i, i);
        }
        access.copy(address, address + 5, 15);
        assertThat(expected.get(5)).isZero();
        assertThat(expected.get(19)).isEqualTo((byte) 14);
        access.copyIn(new byte[] {1, 2, 3, 4}, 1, address + 100, 2);
        assertThat(expected.getShort(100))
                .isEqualTo(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? (short) 0x0302 : 0x0203);
        byte[] out = new byte[3];
        access.copyOut(address + 100, out, 1, 2);
        assertThat(out).containsExactly(0, 2, 3);
    }

    @Test
    void scalarsAreLittleEndianAndNeedNoAlignment() {
        NativeMemory.putInt(address + 1, 0x04030201);
        NativeMemory.putLong(address + 5, 0x0c0b0a0908070605L);
        NativeMemory.putShort(address + 13, (short) 0x0e0d);
        for (int i = 1; i <= 14; i++) {
            assertThat(NativeMemory.getByte(address + i)).isEqualTo((byte) i);
        }
        assertThat(NativeMemory.getShort(address + 3)).isEqualTo((short) 0x0403);
        assertThat(NativeMemory.getInt(address + 3)).isEqualTo(0x06050403);
        assertThat(NativeMemory.getLong(address + 3)).isEqualTo(0x0a09080706050403L);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_24)
    void worksWhereUnsafeIsRefused() throws Exception {
        assertThat(ForkedJvm.run(RefusedUnsafeProbe.class, "--sun-misc-unsafe-memory-access=deny"))
                .containsExactly("permitted false", "578437695752307201", "[2, 3]", "77");
    }

    @Test
    void memoryOfMoreThanTwoGibibytesIsNotBoundToBuffers() {
        BufferViews.LargeAllocation allocation = NativeMemory.allocate((2L << 30) + 64);
        NativeMemory.putLong(allocation.address() + (2L << 30) + 56, 5);
        assertThat(NativeMemory.getLong(allocation.address() + (2L << 30) + 56)).isEqualTo(5);
        allocation.free().run();
    }
}
