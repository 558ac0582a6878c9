package io.lightstream.codec.ipc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.MetadataText;
import io.lightstream.codec.schema.Schema;
import io.lightstream.codec.schema.SchemaFingerprint;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Custom metadata that are no text, as extension types of Python have them, are written as they came. */
class BinaryMetadataTest {
    private static final byte[] PICKLED = {(byte) 0x80, 4, (byte) 0x95, 0, (byte) 0xFF, 'x', (byte) 0xC3, '.'};
    private static final String PLACEHOLDER = "ABCDEFGH";

    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingIsHeld() {
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
        memory.close();
    }

    /** Field, schema, batch and footer have the same value. */
    private byte[] file(String value) throws IOException {
        Map<String, String> metadata = Map.of(Field.EXTENSION_METADATA, value);
        Schema schema = new Schema(List.of(Tables.INT.withMetadata(metadata)), metadata);
        ByteSink sink = new ByteSink();
        try (RecordBatch ints = Tables.column(memory.allocator(), schema.field(0), 1, 2);
                RecordBatch batch = ints.withMetadata(metadata);
                IpcFileWriter out = IpcFileWriter.open(sink, schema, IpcWriteOptions.defaults())) {
            out.write(batch);
            out.finish(metadata);
        }
        return sink.toBytes();
    }

    /** A file as it would be if its value had those bytes. */
    private byte[] foreignFile() throws IOException {
        String pickled = new String(PICKLED, ISO_8859_1);
        return new String(file(PLACEHOLDER), ISO_8859_1)
                .replace(PLACEHOLDER, pickled)
                .getBytes(ISO_8859_1);
    }

    @Test
    void whatIsNoTextIsWrittenAsItCame() throws IOException {
        byte[] file = foreignFile();
        ByteSink again = new ByteSink();
        try (IpcFileReader in = Ipc.openFile(file, memory.allocator());
                IpcFileWriter out = IpcFileWriter.open(again, in.schema(), IpcWriteOptions.defaults())) {
            String value = in.schema().field(0).metadata().get(Field.EXTENSION_METADATA);
            assertThat(MetadataText.toBytes(value)).isEqualTo(PICKLED);
            assertThat(in.next()).isTrue();
            assertThat(in.batch().metadata()).containsValue(value);
            out.write(in.batch());
            out.finish(in.footer().metadata());
        }
        assertThat(again.toBytes()).isEqualTo(file);
    }

    @Test
    void fingerprintsTellThemApart() throws IOException {
        try (IpcFileReader in = Ipc.openFile(foreignFile(), memory.allocator());
                IpcFileReader other = Ipc.openFile(file("???????"), memory.allocator())) {
            assertThat(SchemaFingerprint.withMetadata(in.schema()))
                    .isNotEqualTo(SchemaFingerprint.withMetadata(other.schema()));
        }
    }
}
