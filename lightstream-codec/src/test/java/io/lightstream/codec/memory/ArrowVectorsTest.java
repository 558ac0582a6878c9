package io.lightstream.codec.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.util.TransferPair;
import org.junit.jupiter.api.Test;

/** Arrow's own vectors on this memory. */
class ArrowVectorsTest {

    @Test
    void vectorsGrowAndUseTheWholeOfABlock() {
        try (LightstreamMemory memory = LightstreamMemory.create();
                BufferAllocator child = memory.newChild("vectors");
                IntVector ints = new IntVector("i", child);
                VarCharVector strings = new VarCharVector("s", child)) {
            for (int i = 0; i < 50_000; i++) {
                ints.setSafe(i, i);
                strings.setSafe(i, ("row_" + i).getBytes(StandardCharsets.UTF_8));
            }
            ints.setValueCount(50_000);
            strings.setValueCount(50_000);
            assertThat(ints.getDataBufferAddress() % 64).isZero();
            for (int i = 0; i < 50_000; i++) {
                assertThat(ints.get(i)).isEqualTo(i);
                assertThat(strings.get(i)).isEqualTo(("row_" + i).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void splittingMovesTheAccountToTheOtherChild() {
        try (LightstreamMemory memory = LightstreamMemory.create();
                BufferAllocator from = memory.newChild("from");
                BufferAllocator to = memory.newChild("to")) {
            BigIntVector source = new BigIntVector("v", from);
            source.allocateNew(1_000);
            for (int i = 0; i < 1_000; i++) {
                source.set(i, i);
            }
            source.setValueCount(1_000);
            long bytes = from.getAllocatedMemory();
            TransferPair pair = source.getTransferPair(to);
            pair.splitAndTransfer(104, 200);
            source.close();
            try (BigIntVector target = (BigIntVector) pair.getTo()) {
                assertThat(from.getAllocatedMemory()).isZero();
                assertThat(to.getAllocatedMemory()).isEqualTo(bytes);
                assertThat(target.getValueCount()).isEqualTo(200);
                assertThat(target.get(0)).isEqualTo(104);
                assertThat(target.get(199)).isEqualTo(303);
            }
        }
    }

    @Test
    void aVectorThatDoesNotFitLeavesNothingBehind() {
        try (LightstreamMemory memory = LightstreamMemory.create();
                BufferAllocator child = memory.newChild("small", 100_000);
                VarCharVector vector = new VarCharVector("v", child)) {
            assertThatThrownBy(() -> vector.allocateNew(200_000, 1_000)).isInstanceOf(OutOfMemoryException.class);
            assertThat(child.getAllocatedMemory()).isZero();
            assertThat(memory.statistics().buffersInUse()).isZero();
        }
    }
}
