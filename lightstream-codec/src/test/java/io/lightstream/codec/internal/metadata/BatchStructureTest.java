package io.lightstream.codec.internal.metadata;

import static io.lightstream.codec.build.Columns.dictionary;
import static io.lightstream.codec.build.Columns.int64;
import static io.lightstream.codec.build.Columns.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.ipc.Compression;
import io.lightstream.codec.ipc.Ipc;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/** Metadata are read alike whether those of a batch before are remembered or not. */
class BatchStructureTest {
    private static final int PREFIX_BYTES = 8;

    private final InputSite site = new InputSite("test");

    private MessageMetadata reader() {
        return new MessageMetadata(ReadLimits.defaults(), site);
    }

    /** The metadata of the batches of a stream, without what frames them; the schema is left out. */
    private List<byte[]> batches(byte[] stream) throws LightstreamException {
        return messages(stream, EnumSet.of(MessageMetadata.Kind.RECORD_BATCH));
    }

    private List<byte[]> messages(byte[] stream, Set<MessageMetadata.Kind> kinds) throws LightstreamException {
        List<byte[]> found = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
        MessageMetadata reader = reader();
        for (int at = 0; bytes.getInt(at + Integer.BYTES) != 0; ) {
            byte[] metadata = new byte[bytes.getInt(at + Integer.BYTES)];
            bytes.get(at + PREFIX_BYTES, metadata);
            if (kinds.contains(reader.read(flatbuffer(metadata)))) {
                found.add(metadata);
            }
            at += PREFIX_BYTES + metadata.length + (int) reader.bodyLength();
        }
        return found;
    }

    private static ByteBuffer flatbuffer(byte[] metadata) {
        return ByteBuffer.wrap(metadata).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static List<byte[]> streams(Compression compression) {
        IpcWriteOptions options = IpcWriteOptions.defaults().withCompression(compression);
        try (LightstreamMemory memory = LightstreamMemory.create();
                RecordBatch first = RecordBatch.of(memory, int64("n", 1, 2), utf8("t", "a", null));
                RecordBatch second = RecordBatch.of(memory, int64("n", 3, 4, 5), utf8("t", "bcd", "e", "f"));
                RecordBatch marked = second.withMetadata(Map.of("key", "value"))) {
            return List.of(
                    Ipc.stream(first.schema(), options, List.of(first, second, marked)),
                    Ipc.stream(first.schema(), options, List.of(second, first)));
        }
    }

    /** What a reader says of metadata: everything, or why it refuses them. */
    private static String read(MessageMetadata reader, byte[] metadata) {
        StringJoiner said = new StringJoiner(" ");
        try {
            said.add(reader.read(flatbuffer(metadata)).name())
                    .add("body " + reader.bodyLength())
                    .add("V4 " + reader.isBeforeV5())
                    .add(reader.customMetadata().toString());
            BatchHeader batch = reader.batch();
            said.add(batch.codec() + " rows " + batch.rowCount() + " nodes");
            for (int i = 0; i < batch.nodeCount(); i++) {
                said.add(batch.nodeLength(i) + "/" + batch.nodeNullCount(i));
            }
            said.add("buffers");
            for (int i = 0; i < batch.bufferCount(); i++) {
                said.add(batch.bufferOffset(i) + "+" + batch.bufferLength(i));
            }
            said.add("variadic");
            for (int i = 0; i < batch.variadicCountCount(); i++) {
                said.add(String.valueOf(batch.variadicCount(i)));
            }
        } catch (LightstreamException e) {
            said.add(e.getMessage());
        }
        return said.toString();
    }

    @Test
    void eachBatchIsReadAsIfItCameAlone() throws LightstreamException {
        MessageMetadata reader = reader();
        for (Compression compression : List.of(Compression.NONE, Compression.LZ4_FRAME, Compression.ZSTD)) {
            for (byte[] stream : streams(compression)) {
                for (byte[] metadata : batches(stream)) {
                    assertThat(read(reader, metadata)).isEqualTo(read(reader(), metadata));
                }
            }
        }
    }

    /** Each message has a compression of its own: that of the dictionary before says nothing of the batch. */
    @Test
    void whatComesBetweenBatchesChangesNothing() throws LightstreamException {
        List<byte[]> all = new ArrayList<>();
        try (LightstreamMemory memory = LightstreamMemory.create();
                RecordBatch batch = RecordBatch.of(memory, dictionary(utf8("d", "a", "b", "a", null)));
                RecordBatch marked = batch.withMetadata(Map.of("key", "value"))) {
            for (Compression compression : List.of(Compression.NONE, Compression.LZ4_FRAME, Compression.ZSTD)) {
                IpcWriteOptions options = IpcWriteOptions.defaults().withCompression(compression);
                byte[] stream = Ipc.stream(batch.schema(), options, List.of(batch, marked));
                all.addAll(messages(stream, EnumSet.complementOf(EnumSet.of(MessageMetadata.Kind.SCHEMA))));
            }
        }
        assertThat(all).hasSize(9);
        for (byte[] batch : all) {
            for (byte[] between : all) {
                MessageMetadata reader = reader();
                for (byte[] metadata : List.of(batch, between, batch)) {
                    assertThat(read(reader, metadata)).isEqualTo(read(reader(), metadata));
                }
            }
        }
    }

    @Test
    void anyChangedByteIsReadAsIfItCameAlone() throws LightstreamException {
        List<byte[]> all = batches(streams(Compression.LZ4_FRAME).get(0));
        for (byte[] metadata : all) {
            for (int at = 0; at < metadata.length; at++) {
                for (int change : new int[] {1, 4, 0x80, 0xFF}) {
                    MessageMetadata reader = reader();
                    assertThat(read(reader, all.get(0))).startsWith("RECORD_BATCH");
                    byte[] changed = metadata.clone();
                    changed[at] ^= (byte) change;
                    assertThat(read(reader, changed)).as("byte " + at).isEqualTo(read(reader(), changed));
                    assertThat(read(reader, metadata)).isEqualTo(read(reader(), metadata));
                }
            }
        }
    }

    @Test
    void shorterAndLongerMetadataAreNotTakenForTheSame() throws LightstreamException {
        byte[] metadata = batches(streams(Compression.NONE).get(0)).get(0);
        MessageMetadata reader = reader();
        for (int length = 8; length <= metadata.length; length += 8) {
            assertThat(read(reader, metadata)).startsWith("RECORD_BATCH");
            byte[] cut = Arrays.copyOf(metadata, length);
            assertThat(read(reader, cut)).isEqualTo(read(reader(), cut));
        }
    }
}
