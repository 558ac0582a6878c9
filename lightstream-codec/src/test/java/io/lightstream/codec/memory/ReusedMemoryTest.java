package io.lightstream.codec.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReusedMemoryTest {
    private final LightstreamMemory memory = LightstreamMemory.create();
    private final BufferAllocator allocator = memory.newChild("reader");
    private final ReusedMemory reused = new ReusedMemory(allocator);

    @AfterEach
    void nothingIsLeft() {
        reused.close();
        assertThat(memory.statistics().buffersInUse()).isZero();
        allocator.close();
        memory.close();
    }

    /** Whether the next allocation of {@code bytes} is served without asking the allocator. */
    private boolean servesAgain(long bytes) {
        long before = memory.statistics().allocations();
        reused.allocate(bytes).release();
        return memory.statistics().allocations() == before;
    }

    @Test
    void whatABatchGaveUpServesTheNextOfTheSameSize() {
        BatchMemory first = reused.allocate(1_000);
        first.release();
        assertThat(allocator.getAllocatedMemory()).isEqualTo(1_024);
        BatchMemory second = reused.allocate(1_010);
        assertThat(second.address()).isEqualTo(first.address());
        assertThat(memory.statistics().allocations()).isEqualTo(1);
        assertThat(second.isOpen()).isTrue();
        assertThatThrownBy(first::checkOpen).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(first::release).isInstanceOf(IllegalStateException.class);
        second.release();
    }

    @Test
    void anAllocationOfAnotherSizeGivesUpWhatLiesIdle() {
        reused.allocate(1_000).release();
        BatchMemory larger = reused.allocate(100_000);
        assertThat(allocator.getAllocatedMemory()).isEqualTo(larger.retainedBytes());
        larger.release();
        BatchMemory smaller = reused.allocate(1_000);
        assertThat(allocator.getAllocatedMemory()).isEqualTo(1_024);
        smaller.release();
    }

    @Test
    void twoAtATimeGetMemoryOfTheirOwnAndOneBlockStays() {
        BatchMemory first = reused.allocate(1_000);
        BatchMemory second = reused.allocate(1_000);
        assertThat(second.address()).isNotEqualTo(first.address());
        second.release();
        first.release();
        assertThat(allocator.getAllocatedMemory()).isEqualTo(1_024);
    }

    @Test
    void aReferenceKeepsTheMemoryFromTheNextBatch() {
        BatchMemory first = reused.allocate(1_000);
        first.retain();
        first.release();
        BatchMemory second = reused.allocate(1_000);
        assertThat(second.address()).isNotEqualTo(first.address());
        second.release();
        first.release();
    }

    /** Arrow counts such references apart from ours, some of them with another allocator. */
    @Test
    void memoryThatWasGivenOutAsAnArrowBufferIsNotReused() {
        BatchMemory first = reused.allocate(1_000);
        try (BufferAllocator others = memory.newChild("vector")) {
            ArrowBuf slice = first.slice(first.address() + 64, 8);
            slice.setLong(0, 42);
            ArrowBuf elsewhere = slice.getReferenceManager().retain(slice, others);
            slice.getReferenceManager().release();
            first.release();
            BatchMemory second = reused.allocate(1_000);
            assertThat(second.address()).isNotEqualTo(elsewhere.memoryAddress() - 64);
            NativeMemory.fill(second.address(), 1_000, (byte) 7);
            assertThat(elsewhere.getLong(0)).isEqualTo(42);
            second.release();
            elsewhere.getReferenceManager().release();
        }
    }

    @Test
    void memoryThatMovedIsNotReused() {
        BatchMemory first = reused.allocate(1_000);
        try (BufferAllocator others = memory.newChild("taker")) {
            BatchMemory taken = first.transferTo(others).memory();
            first.release();
            assertThat(allocator.getAllocatedMemory()).isZero();
            BatchMemory second = reused.allocate(1_000);
            assertThat(second.address()).isNotEqualTo(taken.address());
            second.release();
            taken.release();
        }
    }

    @Test
    void largeBlocksGoBackAtOnce() {
        reused.allocate(ReusedMemory.LARGEST_KEPT).release();
        assertThat(allocator.getAllocatedMemory()).isEqualTo(ReusedMemory.LARGEST_KEPT);
        reused.allocate(ReusedMemory.LARGEST_KEPT + 1).release();
        assertThat(allocator.getAllocatedMemory()).isZero();
    }

    @Test
    void emptyBodiesTakeNothing() {
        reused.allocate(0).release();
        assertThat(allocator.getAllocatedMemory()).isZero();
        reused.allocate(100).release();
        reused.allocate(0).release();
        assertThat(servesAgain(0)).isTrue();
    }

    @Test
    void afterCloseNothingIsKept() {
        BatchMemory late = reused.allocate(1_000);
        reused.allocate(1_000).release();
        reused.close();
        reused.close();
        late.release();
        assertThat(allocator.getAllocatedMemory()).isZero();
    }

    /** The block in the way is given up before the allocator is asked. */
    @Test
    void theAllocatorsLimitHolds() {
        try (BufferAllocator small = memory.newChild("small", 4_096);
                ReusedMemory limited = new ReusedMemory(small)) {
            limited.allocate(2_048).release();
            limited.allocate(4_096).release();
            assertThatThrownBy(() -> limited.allocate(8_192)).isInstanceOf(OutOfMemoryException.class);
            assertThat(small.getAllocatedMemory()).isZero();
        }
    }

    @Test
    void debugModeOverwritesWhatIsReleasedAndReusesNothing() {
        try (LightstreamMemory debugged =
                        LightstreamMemory.create(MemoryOptions.defaults().withDebug(true));
                ReusedMemory traced = new ReusedMemory(debugged.allocator())) {
            BatchMemory batch = traced.allocate(1_000);
            NativeMemory.fill(batch.address(), 1_000, (byte) 1);
            batch.release();
            assertThat(debugged.allocator().getAllocatedMemory()).isZero();
            assertThat(NativeMemory.getByte(batch.address() + 500)).isEqualTo(AllocationTraces.RELEASED);
        }
    }

    @Test
    void otherArrowAllocatorsServeAsWell() {
        try (RootAllocator root = new RootAllocator();
                ReusedMemory foreign = new ReusedMemory(root)) {
            BatchMemory first = foreign.allocate(1_000);
            first.release();
            BatchMemory second = foreign.allocate(1_020);
            assertThat(second.address()).isEqualTo(first.address());
            second.release();
        }
    }
}
