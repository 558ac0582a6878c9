package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every lie ends in its declared error, which says where, and nothing stays allocated. */
class DefectReadTest {
    private LightstreamMemory memory;
    private LightstreamMemory readMemory;

    @BeforeEach
    void open() {
        memory = LightstreamMemory.create();
        readMemory = LightstreamMemory.create();
    }

    @AfterEach
    void close() {
        readMemory.close();
        memory.close();
    }

    private byte[] lie(Defect defect) {
        try (RecordBatch batch = Tables.column(
                memory.allocator(), defect.field(), defect.values().toArray())) {
            IpcWriteOptions options = IpcWriteOptions.defaults().withCompression(defect.compression());
            byte[] stream = Ipc.stream(batch.schema(), options, List.of(batch));
            defect.lie().accept(Patch.of(stream, defect.message()));
            return stream;
        }
    }

    @ParameterizedTest
    @MethodSource("io.lightstream.codec.ipc.Defect#all")
    void endsInTheDeclaredError(Defect defect) {
        byte[] stream = lie(defect);
        for (int chunk : new int[] {Integer.MAX_VALUE, 1}) {
            Throwable found = catchThrowable(() -> readAll(new InMemoryFile(stream, chunk)));
            check(defect, found, Patch.of(stream, defect.message()).position());
        }
        assertThat(readMemory.allocator().getAllocatedMemory()).isZero();
    }

    private static void check(Defect defect, Throwable found, long position) {
        assertThat(found).isInstanceOf(defect.error()).hasMessageContaining(defect.says());
        if (!(found instanceof TruncatedStreamException)) {
            assertThat(found).hasMessageStartingWith("[test @" + position + "] ");
        }
    }

    private void readAll(InMemoryFile input) throws IOException {
        try (BatchReader reader = IpcStreamReader.open(input.asStream(), readMemory.allocator(), Ipc.READ)) {
            while (reader.next()) {
                assertThat(reader.batch().isClosed()).isFalse();
            }
        }
    }

    /** Where the source has a size, a body behind its end is known to be missing before memory is taken for it. */
    @Test
    void bodiesBehindTheEndOfASeekableSourceAreTruncated() {
        Defect defect = Defect.all()
                .filter(d -> d.name().equals("body length huge"))
                .findAny()
                .orElseThrow();
        InMemoryFile input = new InMemoryFile(lie(defect));
        assertThatThrownBy(() -> IpcStreamReader.open(input, readMemory.allocator(), Ipc.READ)
                        .next())
                .isInstanceOf(TruncatedStreamException.class);
    }

    /** A message by itself lies as well as one of a stream. */
    @ParameterizedTest
    @MethodSource("io.lightstream.codec.ipc.Defect#all")
    void aSingleMessageEndsInADeclaredError(Defect defect) {
        byte[] stream = lie(defect);
        Throwable found = catchThrowable(() -> decodeAll(stream, defect));
        assertThat(found).isInstanceOf(LightstreamException.class);
        boolean isTruncated = found instanceof TruncatedStreamException;
        int end = stream.length - Patch.of(stream, defect.message()).position();
        assertThat(found).hasMessageStartingWith("[test @" + (isTruncated ? end : 0) + "] ");
        assertThat(readMemory.allocator().getAllocatedMemory()).isZero();
    }

    private void decodeAll(byte[] stream, Defect defect) throws IOException {
        try (IpcMessageDecoder decoder = IpcMessageDecoder.open(readMemory.allocator(), Ipc.READ)) {
            for (int message = 0; message <= 2; message++) {
                int from = Patch.of(stream, message).position();
                int to = message < defect.message() ? Patch.of(stream, message).end() : stream.length;
                if (decoder.decode(ByteBuffer.wrap(stream, from, to - from)) instanceof IpcMessage.RecordBatch batch) {
                    batch.batch().close();
                    return;
                }
            }
        }
    }
}
