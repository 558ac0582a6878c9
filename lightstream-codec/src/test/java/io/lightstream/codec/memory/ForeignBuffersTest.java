package io.lightstream.codec.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.TransferPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForeignBuffersTest {

    private static final int ROWS = 1_000;
    private static final Schema SCHEMA = new Schema(List.of(Field.nullable("v", new ArrowType.Int(64, true))));

    private final NativeBlock block = NativeBlock.allocate(8L * ROWS, 64);
    private final AtomicInteger releases = new AtomicInteger();

    ForeignBuffersTest() {
        for (int i = 0; i < ROWS; i++) {
            NativeMemory.putLong(block.address() + 8L * i, i);
        }
    }

    @AfterEach
    void free() {
        block.free();
    }

    private ArrowBuf wrapped() {
        return ForeignBuffers.wrap(block.address(), block.length(), releases::incrementAndGet);
    }

    /** A root over the foreign values and the shared validity; it holds references of its own. */
    private VectorSchemaRoot rootOver(ArrowBuf values, BufferAllocator allocator) {
        VectorSchemaRoot root = VectorSchemaRoot.create(SCHEMA, allocator);
        try (ArrowRecordBatch batch = new ArrowRecordBatch(
                ROWS, List.of(new ArrowFieldNode(ROWS, 0)), List.of(ForeignBuffers.allOnes(ROWS), values))) {
            new VectorLoader(root).load(batch);
        }
        return root;
    }

    @Test
    void aRootOverForeignMemoryChargesNothingAndReleasesItOnce() {
        try (LightstreamMemory memory = LightstreamMemory.create();
                BufferAllocator allocator = memory.newChild("root")) {
            ArrowBuf values = wrapped();
            try (VectorSchemaRoot root = rootOver(values, allocator)) {
                values.close();
                BigIntVector vector = (BigIntVector) root.getVector(0);
                assertThat(vector.getDataBufferAddress()).isEqualTo(block.address());
                assertThat(vector.getNullCount()).isZero();
                assertThat(vector.get(ROWS - 1)).isEqualTo(ROWS - 1);
                assertThat(allocator.getAllocatedMemory()).isZero();
                assertThat(releases).hasValue(0);
            }
            assertThat(releases).hasValue(1);
        }
    }

    @Test
    void splitsOutliveTheRootAndMayBelongToAnotherRootAllocator() {
        try (LightstreamMemory memory = LightstreamMemory.create();
                LightstreamMemory other = LightstreamMemory.create();
                BufferAllocator allocator = memory.newChild("root")) {
            ArrowBuf values = wrapped();
            VectorSchemaRoot root = rootOver(values, allocator);
            values.close();
            TransferPair pair = root.getVector(0).getTransferPair(other.allocator());
            pair.splitAndTransfer(10, 100);
            root.close();
            assertThat(releases).hasValue(0);
            BigIntVector split = (BigIntVector) pair.getTo();
            assertThat(split.getValueCount()).isEqualTo(100);
            assertThat(split.getDataBufferAddress()).isEqualTo(block.address() + 80);
            assertThat(split.get(0)).isEqualTo(10);
            assertThat(split.get(99)).isEqualTo(109);
            assertThat(split.getNullCount()).isZero();
            split.close();
            assertThat(releases).hasValue(1);
        }
    }

    @Test
    void slicesShareTheCountAndHaveTheirOwnBounds() {
        ArrowBuf buffer = wrapped();
        ArrowBuf slice = buffer.slice(16, 24);
        assertThat(slice.memoryAddress()).isEqualTo(block.address() + 16);
        assertThat(slice.capacity()).isEqualTo(24);
        assertThat(slice.slice(8, 8).getLong(0)).isEqualTo(3);
        slice.getReferenceManager().retain();
        buffer.close();
        assertThat(slice.getLong(0)).isEqualTo(2);
        assertThat(releases).hasValue(0);
        slice.close();
        assertThat(releases).hasValue(1);
        assertThat(slice.refCnt()).isZero();
    }

    @Test
    void releasingTooOftenIsRefusedAndReleasesNothingTwice() {
        ArrowBuf buffer = wrapped();
        assertThatThrownBy(() -> buffer.getReferenceManager().release(2)).isInstanceOf(IllegalStateException.class);
        assertThat(releases).hasValue(0);
        buffer.close();
        assertThatThrownBy(buffer::close).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> buffer.getReferenceManager().retain()).isInstanceOf(IllegalStateException.class);
        assertThat(releases).hasValue(1);
    }

    @Test
    void aBufferIsReadableFromEndToEnd() {
        ArrowBuf buffer = wrapped();
        assertThat(buffer.readableBytes()).isEqualTo(8L * ROWS);
        assertThat(buffer.getReferenceManager().getSize()).isEqualTo(8L * ROWS);
        assertThat(buffer.getReferenceManager().getAccountedSize()).isZero();
        assertThat(buffer.getReferenceManager().getAllocator().getAllocatedMemory())
                .isZero();
        buffer.close();
        assertThatThrownBy(() -> ForeignBuffers.wrap(0, -1, releases::incrementAndGet))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(releases).hasValue(1);
    }

    @Test
    void wrapsTheRemainingBytesOfADirectBuffer() {
        ByteBuffer direct = NativeMemory.view(block.address(), 100);
        direct.position(8).limit(32);
        try (ArrowBuf buffer = ForeignBuffers.wrap(direct)) {
            assertThat(buffer.capacity()).isEqualTo(24);
            assertThat(buffer.getLong(0)).isEqualTo(1);
        }
        assertThatThrownBy(() -> ForeignBuffers.wrap(ByteBuffer.allocate(8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void copiesArraysToAlignedMemory() {
        for (int length = 0; length < 200; length++) {
            byte[] bytes = new byte[length + 3];
            bytes[length + 2] = 9;
            try (ArrowBuf copy = ForeignBuffers.copyOf(bytes, 3, length)) {
                assertThat(copy.capacity()).isEqualTo(length);
                assertThat(copy.memoryAddress() % 64).isZero();
                if (length > 0) {
                    assertThat(copy.getByte(length - 1)).isEqualTo((byte) 9);
                }
            }
        }
        assertThatThrownBy(() -> ForeignBuffers.copyOf(new byte[4], 2, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void allOnesIsSetBitsOfEveryLengthInTheSameMemory() {
        for (long bits : new long[] {0, 1, 8, 9, 63, 64, 65, 10_000, 1 << 20, (1 << 20) + 1, 10_000_000}) {
            ArrowBuf ones = ForeignBuffers.allOnes(bits);
            assertThat(ones.capacity()).isEqualTo((bits + 7) / 8);
            assertThat(ones.readableBytes()).isEqualTo(ones.capacity());
            assertThat(ones.memoryAddress() % 64).isZero();
            for (long i = 0; i < ones.capacity(); i++) {
                assertThat(ones.getByte(i)).isEqualTo((byte) -1);
            }
        }
        assertThat(ForeignBuffers.allOnes(5).memoryAddress())
                .isEqualTo(ForeignBuffers.allOnes(1_000_000).memoryAddress());
        assertThatThrownBy(() -> ForeignBuffers.allOnes(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void allOnesStaysWhenNobodyHoldsABufferOverIt() {
        long bits = 20_000_000;
        long address = ForeignBuffers.allOnes(bits).memoryAddress();
        System.gc();
        ForeignBuffers.copyOf(new byte[5_000_000], 0, 5_000_000).close();
        assertThat(NativeMemory.getLong(address + bits / 8 - 8)).isEqualTo(-1);
        assertThat(ForeignBuffers.allOnes(bits).memoryAddress()).isEqualTo(address);
    }

    @Test
    void allOnesIsNeverFreedAndSlicesCorrectly() {
        ArrowBuf ones = ForeignBuffers.allOnes(800);
        ones.close();
        ones.close();
        assertThat(ones.refCnt()).isPositive();
        ArrowBuf slice = ones.slice(10, 20);
        assertThat(slice.capacity()).isEqualTo(20);
        assertThat(slice.memoryAddress()).isEqualTo(ones.memoryAddress() + 10);
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            ArrowBuf moved = slice.getReferenceManager()
                    .transferOwnership(slice, memory.allocator())
                    .getTransferredBuffer();
            assertThat(moved.capacity()).isEqualTo(20);
            assertThat(moved.memoryAddress()).isEqualTo(slice.memoryAddress());
            assertThat(memory.allocator().getAllocatedMemory()).isZero();
        }
    }
}
