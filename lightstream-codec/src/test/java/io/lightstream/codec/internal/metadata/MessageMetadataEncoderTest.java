package io.lightstream.codec.internal.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.internal.encode.BodyPlanner;
import io.lightstream.codec.internal.encode.IndexMaps;
import io.lightstream.codec.internal.encode.OutgoingBody;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Metadata of batches that differ in more than numbers, one after another in the same memory. */
class MessageMetadataEncoderTest {
    private static final int NOT_COMPRESSED = -1;
    private static final int MESSAGES = 1000;

    private final LightstreamMemory memory = LightstreamMemory.create();
    private final Random random = new Random(15);

    @AfterEach
    void nothingIsHeld() {
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
        memory.close();
    }

    @Test
    void eachMessageIsAsIfItWereTheFirst() {
        Set<ByteBuffer> used = Collections.newSetFromMap(new IdentityHashMap<>());
        MessageMetadataEncoder encoder = new MessageMetadataEncoder(NOT_COMPRESSED);
        OutgoingBody body = new OutgoingBody();
        Set<Long> dataBuffers = new HashSet<>();
        for (int i = 0; i < MESSAGES; i++) {
            try (RecordBatch batch = views(random.nextInt(4))) {
                BodyPlanner.toWrite(IndexMaps.NONE).plan(batch, body);
                Map<String, String> metadata = metadata(i);
                ByteBuffer framed = encoder.recordBatch(body, batch.rowCount(), metadata);
                MessageMetadataEncoder fresh = new MessageMetadataEncoder(NOT_COMPRESSED);
                assertThat(framed).isEqualTo(fresh.recordBatch(body, batch.rowCount(), metadata));
                assertThat(framed.remaining() % 64).isZero();
                used.add(framed);
                dataBuffers.add(body.variadicBuffers(0));
            }
        }
        assertThat(dataBuffers).hasSize(4);
        assertThat(used).as("buffers outside of the heap").hasSizeLessThan(5);
    }

    /** A sequence number, and sometimes more. */
    private Map<String, String> metadata(int number) {
        Map<String, String> metadata = new LinkedHashMap<>(Map.of("number", String.valueOf(number)));
        for (int more = random.nextInt(8) - 4; more > 0; more--) {
            metadata.put("key " + more, "x".repeat(random.nextInt(300)));
        }
        return metadata;
    }

    /** A batch with so many data buffers. */
    private RecordBatch views(int dataBuffers) {
        try (BatchBuilder builder =
                BatchBuilder.create(Schema.of(Field.of("v", new DataType.Utf8View())), memory.allocator())) {
            builder.column(0).appendValue("short");
            for (int i = 0; i < dataBuffers; i++) {
                builder.column(0).appendValue("long".repeat(1 << 18));
            }
            return builder.finish();
        }
    }
}
