package io.lightstream.codec.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.junit.jupiter.api.Test;

class LightstreamMemoryTest {

    private static final MemoryOptions OPTIONS = MemoryOptions.defaults();

    @Test
    void buffersAreAlignedAndGrowInClassesInsteadOfPowersOfTwo() {
        try (LightstreamMemory memory = LightstreamMemory.create();
                BufferAllocator child = memory.newChild("test")) {
            for (long size = 1; size <= 3L << 20; size += 1 + size / 3) {
                try (ArrowBuf buffer = child.buffer(size)) {
                    assertThat(buffer.memoryAddress() % 64).isZero();
                    assertThat(buffer.capacity()).isEqualTo(SizeClasses.rounded(size));
                }
            }
            assertThat(child.buffer(0).capacity()).isZero();
            try (ArrowBuf buffer = child.buffer(1_100)) {
                assertThat(buffer.capacity()).isEqualTo(1_280);
            }
        }
    }

    @Test
    void statisticsFollowBuffersThroughUseAndReuse() {
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            ArrowBuf first = memory.allocator().buffer(1 << 20);
            ArrowBuf second = memory.allocator().buffer(1 << 20);
            assertThat(memory.statistics()).isEqualTo(new MemoryStatistics(2 << 20, 2 << 20, 0, 2 << 20, 2, 2, 0));
            first.close();
            assertThat(memory.statistics())
                    .isEqualTo(new MemoryStatistics(1 << 20, 2 << 20, 1 << 20, 2 << 20, 1, 2, 0));
            memory.allocator().buffer(1 << 20).close();
            second.close();
            memory.trim();
            assertThat(memory.statistics()).isEqualTo(new MemoryStatistics(0, 2 << 20, 0, 0, 0, 3, 1));
        }
    }

    @Test
    void theLimitHoldsForAllChildrenTogetherAndAfterwardsEverythingWorksAgain() {
        try (LightstreamMemory memory = LightstreamMemory.create(OPTIONS.withMaxBytes(1 << 20));
                BufferAllocator one = memory.newChild("one");
                BufferAllocator two = memory.newChild("two")) {
            try (ArrowBuf held = one.buffer(768 << 10)) {
                assertThat(held.capacity()).isEqualTo(768 << 10);
                assertThatThrownBy(() -> two.buffer(512 << 10)).isInstanceOf(OutOfMemoryException.class);
            }
            two.buffer(512 << 10).close();
        }
    }

    @Test
    void aChildMayHaveALimitOfItsOwn() {
        try (LightstreamMemory memory = LightstreamMemory.create();
                BufferAllocator child = memory.newChild("small", 4_096)) {
            assertThatThrownBy(() -> child.buffer(5_000)).isInstanceOf(OutOfMemoryException.class);
            child.buffer(4_096).close();
        }
    }

    @Test
    void anAbsurdRequestIsRefusedAndLeavesNothingBehind() {
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            assertThatThrownBy(() -> memory.allocator().buffer(Long.MAX_VALUE - 10))
                    .isInstanceOf(OutOfMemoryException.class);
            assertThat(memory.statistics().reservedBytes()).isZero();
        }
    }

    @Test
    void aLeakIsReportedWithTheChildThatHoldsIt() {
        LightstreamMemory memory = LightstreamMemory.create(OPTIONS.withDebug(false));
        BufferAllocator reader = memory.newChild("reader-7");
        ArrowBuf leaked = reader.buffer(1_000);
        ArrowBuf ofRoot = memory.allocator().buffer(64);
        assertThatThrownBy(memory::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1088 bytes in 2 buffers")
                .hasMessageContaining("[reader-7] holds 1024 bytes")
                .hasMessageContaining("[root] holds 64 bytes")
                .hasMessageContaining("lightstream.memory.debug");
        memory.close();
        leaked.setByte(5, 1);
        leaked.close();
        ofRoot.getReferenceManager().release();
        assertThat(memory.statistics().reservedBytes()).isZero();
    }

    @Test
    void inDebugModeALeakIsReportedWithThePlaceOfItsAllocation() {
        LightstreamMemory memory = LightstreamMemory.create(OPTIONS.withDebug(true));
        BufferAllocator child = memory.newChild("child");
        child.buffer(300).close();
        ArrowBuf leaked = allocateAndForget(child);
        assertThatThrownBy(memory::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("128 bytes allocated by [child] on thread "
                        + Thread.currentThread().getName())
                .hasMessageContaining("allocateAndForget")
                .hasMessageNotContaining("320 bytes");
        leaked.close();
    }

    private static ArrowBuf allocateAndForget(BufferAllocator allocator) {
        return allocator.buffer(100);
    }

    @Test
    void inDebugModeReleasedMemoryIsOverwritten() {
        try (LightstreamMemory memory = LightstreamMemory.create(OPTIONS.withDebug(true))) {
            ArrowBuf buffer = memory.allocator().buffer(100_000);
            buffer.setLong(0, 42);
            long address = buffer.memoryAddress();
            buffer.close();
            assertThat(NativeMemory.getByte(address)).isEqualTo(AllocationTraces.RELEASED);
            assertThat(NativeMemory.getByte(address + 99_999)).isEqualTo(AllocationTraces.RELEASED);
        }
    }

    @Test
    void afterCloseNothingIsHandedOut() {
        LightstreamMemory memory = LightstreamMemory.create();
        BufferAllocator root = memory.allocator();
        memory.close();
        memory.close();
        assertThatThrownBy(() -> memory.newChild("late")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> root.buffer(10)).isInstanceOf(IllegalStateException.class);
        assertThat(memory.statistics().reservedBytes()).isZero();
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> OPTIONS.withMaxBytes(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxBytes");
        assertThatThrownBy(() -> OPTIONS.withMaxKeptBytes(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxKeptBytes");
    }

    @Test
    void exhaustedDirectMemoryIsArrowsExceptionAndWhatWasKeptIsFreedFirst() throws Exception {
        assertThat(ForkedJvm.run(ExhaustionProbe.class, "-XX:MaxDirectMemorySize=64m"))
                .containsExactly(
                        "kept 31457280",
                        "trimmed and served",
                        "refused",
                        "refused 3 GiB",
                        "served after release",
                        "staged",
                        "trimmed and staged",
                        "staging refused",
                        "reserved 0");
    }
}
