package io.lightstream.codec.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchMemoryTest {

    private final LightstreamMemory memory = LightstreamMemory.create();
    private final BufferAllocator allocator = memory.newChild("batch");

    @AfterEach
    void nothingIsLeft() {
        assertThat(memory.statistics().buffersInUse()).isZero();
        allocator.close();
        memory.close();
    }

    private ArrowBuf filled(long length) {
        ArrowBuf buffer = allocator.buffer(length);
        for (long i = 0; i < buffer.capacity(); i++) {
            buffer.setByte(i, (byte) i);
        }
        return buffer;
    }

    @Test
    void theLastReleaseGivesUpEveryOwner() {
        BatchMemory batch = BatchMemory.of(allocator.buffer(100), allocator.buffer(100_000));
        assertThat(batch.retainedBytes()).isEqualTo(128 + 114_688);
        batch.retain();
        batch.release();
        assertThat(batch.isOpen()).isTrue();
        batch.checkOpen();
        assertThat(allocator.getAllocatedMemory()).isEqualTo(128 + 114_688);
        batch.release();
        assertThat(batch.isOpen()).isFalse();
        assertThat(allocator.getAllocatedMemory()).isZero();
    }

    @Test
    void afterTheLastReleaseEverythingIsRefused() {
        BatchMemory batch = BatchMemory.of(allocator.buffer(100));
        batch.release();
        assertThatThrownBy(batch::checkOpen)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(batch::release).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(batch::retain).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> batch.slice(0, 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> batch.transferTo(allocator)).isInstanceOf(IllegalStateException.class);
        assertThat(batch.isOpen()).isFalse();
    }

    @Test
    void noneIsCountedAsWell() {
        BatchMemory none = BatchMemory.none();
        assertThat(none.retainedBytes()).isZero();
        assertThatThrownBy(() -> none.slice(64, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(none.slice(64, 0).capacity()).isZero();
        none.release();
        assertThat(none.isOpen()).isFalse();
        assertThat(BatchMemory.none().isOpen()).isTrue();
    }

    @Test
    void slicesComeFromTheOwnerThatContainsThemAndOutliveTheBatch() {
        ArrowBuf first = filled(256);
        ArrowBuf second = filled(320);
        long at = second.memoryAddress() + 10;
        BatchMemory batch = BatchMemory.of(first, second);
        ArrowBuf slice = batch.slice(at, 310);
        assertThatThrownBy(() -> batch.slice(at, 311)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> batch.slice(at, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> batch.slice(at, Long.MAX_VALUE)).isInstanceOf(IllegalArgumentException.class);
        batch.release();
        assertThat(allocator.getAllocatedMemory()).isEqualTo(320);
        assertThat(slice.memoryAddress()).isEqualTo(at);
        assertThat(slice.readableBytes()).isEqualTo(310);
        assertThat(slice.getByte(0)).isEqualTo((byte) 10);
        slice.close();
    }

    @Test
    void aTransferWithinTheRootMovesTheAccountAndNothingElse() {
        try (BufferAllocator target = memory.newChild("target")) {
            ArrowBuf owner = filled(1_000);
            long address = owner.memoryAddress();
            BatchMemory batch = BatchMemory.of(owner);
            BatchMemory.Transfer transfer = batch.transferTo(target);
            assertThat(target.getAllocatedMemory()).isEqualTo(1_024);
            assertThat(allocator.getAllocatedMemory()).isZero();
            batch.release();
            assertThat(transfer.addresses().applyAsLong(address + 5)).isEqualTo(address + 5);
            assertThat(NativeMemory.getByte(address + 5)).isEqualTo((byte) 5);
            transfer.memory().release();
            assertThat(target.getAllocatedMemory()).isZero();
        }
    }

    @Test
    void aTransferToAnotherRootCopiesAndTellsWhereTo() {
        try (LightstreamMemory other = LightstreamMemory.create();
                RootAllocator stock = new RootAllocator()) {
            for (BufferAllocator target : List.of(other.allocator(), stock)) {
                ArrowBuf first = filled(100);
                ArrowBuf second = filled(50_000);
                long address = second.memoryAddress() + 40_000;
                BatchMemory batch = BatchMemory.of(first, second);
                BatchMemory.Transfer transfer = batch.transferTo(target);
                long translated = transfer.addresses().applyAsLong(address);
                assertThat(translated).isNotEqualTo(address);
                assertThat(translated % 64).isEqualTo(address % 64);
                assertThat(transfer.addresses().applyAsLong(second.memoryAddress() + second.capacity()))
                        .isEqualTo(translated + second.capacity() - 40_000);
                byte expected = NativeMemory.getByte(address);
                batch.release();
                assertThat(NativeMemory.getByte(translated)).isEqualTo(expected);
                ArrowBuf slice = transfer.memory().slice(translated, 10);
                slice.close();
                assertThat(target.getAllocatedMemory()).isPositive();
                transfer.memory().release();
                assertThat(target.getAllocatedMemory()).isZero();
            }
        }
    }

    @Test
    void foreignMemoryIsTransferredToAnyRootWithoutACopy() {
        AtomicInteger releases = new AtomicInteger();
        ArrowBuf bytes = filled(64);
        BatchMemory batch = BatchMemory.of(ForeignBuffers.wrap(bytes.memoryAddress(), 64, releases::incrementAndGet));
        try (LightstreamMemory other = LightstreamMemory.create()) {
            BatchMemory.Transfer transfer = batch.transferTo(other.allocator());
            batch.release();
            assertThat(releases).hasValue(0);
            assertThat(transfer.addresses().applyAsLong(bytes.memoryAddress())).isEqualTo(bytes.memoryAddress());
            assertThat(other.statistics().inUseBytes()).isZero();
            transfer.memory().release();
            assertThat(releases).hasValue(1);
        }
        bytes.close();
    }

    @Test
    void aTransferBeyondTheLimitChangesNothing() {
        try (BufferAllocator small = memory.newChild("small", 2_000);
                LightstreamMemory other =
                        LightstreamMemory.create(MemoryOptions.defaults().withMaxBytes(2_000))) {
            BatchMemory batch = BatchMemory.of(filled(1_000), filled(1_000));
            for (BufferAllocator target : List.of(small, other.allocator())) {
                assertThatThrownBy(() -> batch.transferTo(target)).isInstanceOf(OutOfMemoryException.class);
                assertThat(target.getAllocatedMemory()).isZero();
                assertThat(allocator.getAllocatedMemory()).isEqualTo(2_048);
            }
            batch.release();
        }
    }

    @Test
    void racingReleasesGiveUpTheOwnersOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 500; round++) {
                AtomicInteger releases = new AtomicInteger();
                BatchMemory batch = BatchMemory.of(ForeignBuffers.wrap(64, 64, releases::incrementAndGet));
                List<Callable<Void>> users = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    batch.retain();
                    users.add(() -> {
                        batch.retain();
                        batch.release();
                        batch.release();
                        return null;
                    });
                }
                for (Future<Void> user : threads.invokeAll(users)) {
                    user.get();
                }
                assertThat(releases).hasValue(0);
                batch.release();
                assertThat(releases).hasValue(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
