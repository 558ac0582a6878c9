package io.lightstream.mmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.ColumnSelectionException;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.arrow.ArrowBatch;
import io.lightstream.codec.arrow.ArrowBatches;
import io.lightstream.codec.arrow.ArrowConversion;
import io.lightstream.codec.ipc.Compression;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.arrow.vector.BigIntVector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file stays mapped until the last that came of it is closed, and not longer. */
class LifetimeTest extends MemoryCheck {
    private Path path;

    @BeforeEach
    void write() throws IOException {
        path = Small.write(folder.resolve("small.arrow"), memory, Compression.NONE);
    }

    private MappedArrowFile open() throws IOException {
        return MappedArrowFile.open(path, memory.allocator(), MapOptions.defaults());
    }

    private boolean isMapped() {
        return !OwnProcess.mappingsOf(path).isEmpty();
    }

    @Test
    void openingMapsNothingAndBatchesTakeNothing() throws IOException {
        try (MappedArrowFile file = open()) {
            assertThat(isMapped()).isFalse();
            try (RecordBatch batch = file.batch(1)) {
                assertThat(OwnProcess.mappingsOf(path))
                        .anyMatch(range -> range.holds(batch.column("id").data().address(1), 24));
                assertThat(batch.column("id").data().isMapped(1)).isTrue();
                assertThat(memory.allocator().getAllocatedMemory()).isZero();
                assertThat(OwnProcess.mappingsOf(path)).hasSize(1);
            }
        }
        assertThat(isMapped()).isFalse();
    }

    @Test
    void withoutAnAllocatorCompressedFilesAreReadToo() throws IOException {
        Small.write(path, memory, Compression.ZSTD);
        RecordBatch batch;
        try (MappedArrowFile file = MappedArrowFile.open(path)) {
            batch = file.batch(0);
        }
        assertThat(batch.column("id").getLong(2)).isEqualTo(3);
        assertThat(batch.column("kind").getString(1)).isEqualTo("y");
        batch.close();
    }

    @Test
    void batchesAndWhatIsMadeOfThemOutliveTheFile() throws IOException {
        RecordBatch batch;
        try (MappedArrowFile file = open()) {
            batch = file.batch(0);
        }
        assertThat(OwnProcess.descriptorsOf(path)).isZero();
        RecordBatch slice = batch.slice(1, 2);
        RecordBatch taken = batch.take(memory.allocator());
        ArrowBatch vectors = ArrowBatches.toRoot(batch, memory.allocator(), ArrowConversion.EXACT);
        batch.close();
        assertThat(slice.column("id").getLong(0)).isEqualTo(2);
        slice.close();
        assertThat(taken.column("kind").getString(1)).isEqualTo("y");
        assertThat(taken.column("id").data().isMapped(1)).isTrue();
        taken.close();
        assertThat(isMapped()).isTrue();
        assertThat(((BigIntVector) vectors.root().getVector("id")).get(2)).isEqualTo(3);
        vectors.close();
        assertThat(isMapped()).isFalse();
    }

    @Test
    void theBorrowedBatchGoesWithTheFile() throws IOException {
        MappedArrowFile file = open();
        assertThatIllegalStateException().isThrownBy(file::batch);
        assertThat(file.next()).isTrue();
        RecordBatch batch = file.batch();
        assertThat(file.next()).isTrue();
        assertThat(batch.isClosed()).isTrue();
        assertThat(isMapped()).isTrue();
        file.close();
        file.close();
        assertThat(isMapped()).isFalse();
        assertThatIllegalStateException().isThrownBy(file::batch);
        assertThatIllegalStateException().isThrownBy(file::next);
        assertThatIllegalStateException().isThrownBy(file::batchCount);
        assertThatIllegalStateException().isThrownBy(() -> file.batch(0));
        assertThatIllegalStateException().isThrownBy(() -> file.block(0));
        assertThat(file.schema().columnCount()).isEqualTo(4);
        assertThatIllegalStateException().isThrownBy(() -> batch.column("id"));
    }

    @Test
    void numbersOutOfRangeAreRefused() throws IOException {
        try (MappedArrowFile file = open()) {
            for (int number : new int[] {-1, 2, Integer.MAX_VALUE}) {
                assertThatThrownBy(() -> file.batch(number)).isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> file.block(number)).isInstanceOf(IndexOutOfBoundsException.class);
            }
        }
    }

    @Test
    void viewsFailCleanlyOnceTheFileIsUnmapped() throws IOException {
        RecordBatch batch;
        try (MappedArrowFile file = open()) {
            batch = file.batch(0);
        }
        LongBuffer ids = batch.column("id").longs();
        assertThat(ids.get(2)).isEqualTo(3);
        assertThat(ids.isReadOnly()).isTrue();
        batch.close();
        assertThatThrownBy(() -> ids.get(2))
                .isInstanceOfAny(IllegalStateException.class, IndexOutOfBoundsException.class);
        assertThatIllegalStateException().isThrownBy(() -> batch.column("id"));
    }

    @Test
    void openingThatFailsLeavesNothingOpen() throws IOException {
        assertThatExceptionOfType(ColumnSelectionException.class)
                .isThrownBy(() -> MappedArrowFile.open(
                        path, memory.allocator(), MapOptions.defaults().withColumns("missing")));
        assertThat(OwnProcess.descriptorsOf(path)).isZero();
        Files.write(path, new byte[200]);
        assertThatThrownBy(this::open).isInstanceOf(LightstreamException.class);
        Files.write(path, new byte[0]);
        assertThatThrownBy(this::open).isInstanceOf(LightstreamException.class);
        assertThat(OwnProcess.descriptorsOf(path)).isZero();
        assertThatThrownBy(() -> MappedArrowFile.open(folder.resolve("nowhere")))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> MappedArrowFile.open(folder)).isInstanceOf(IOException.class);
    }

    @Test
    void aFileThatIsReplacedStaysAsItWas() throws IOException {
        try (MappedArrowFile file = open();
                RecordBatch before = file.batch(0)) {
            Path other = Files.write(folder.resolve("other"), new byte[10]);
            Files.move(other, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            assertThat(before.column("id").getLong(2)).isEqualTo(3);
            try (RecordBatch after = file.batch(1)) {
                assertThat(after.column("name").getString(2)).isEqualTo("c");
            }
        }
    }

    /** Each thread gets a batch or is told that the file is closed; what it got stays good. */
    @Test
    void closingWhileOthersAskForBatches() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 100; round++) {
                MappedArrowFile file = open();
                List<Future<Integer>> users = new ArrayList<>();
                for (int thread = 0; thread < 4; thread++) {
                    users.add(threads.submit(() -> useUntilClosed(file)));
                }
                file.batch(0).close();
                file.close();
                for (Future<Integer> user : users) {
                    assertThat(user.get()).isNotNegative();
                }
                assertThat(isMapped()).isFalse();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int useUntilClosed(MappedArrowFile file) throws IOException {
        for (int used = 0; ; used++) {
            RecordBatch batch;
            try {
                batch = file.batch(used % 2);
            } catch (IllegalStateException closed) {
                assertThat(closed).hasMessageContaining("is closed");
                return used;
            }
            try (batch) {
                assertThat(batch.column("id").longs().get(1)).isEqualTo(2);
                assertThat(batch.column("kind").getString(0)).isEqualTo("x");
            }
        }
    }
}
