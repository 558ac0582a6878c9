package io.lightstream.codec.ipc;

import io.lightstream.codec.Column;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.internal.encode.BodyCompressor;
import io.lightstream.codec.internal.encode.BodyPlanner;
import io.lightstream.codec.internal.encode.IndexMaps;
import io.lightstream.codec.internal.encode.OutgoingBody;
import io.lightstream.codec.internal.metadata.MessageMetadataEncoder;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Plans the bodies of one stream, compresses them, and describes them: one message after another. */
final class BatchEncoding implements AutoCloseable {
    private final BodyPlanner planner;
    private final OutgoingBody body = new OutgoingBody();
    private final @Nullable BodyCompressor compressor;
    private final MessageMetadataEncoder metadata;

    BatchEncoding(Compression compression, IndexMaps indexMaps) {
        this.planner = BodyPlanner.toWrite(indexMaps);
        this.compressor = Codecs.compressorOf(compression).orElse(null);
        this.metadata = new MessageMetadataEncoder(Codecs.typeOf(compression));
    }

    /** Body of the message that was encoded last. */
    OutgoingBody body() {
        return body;
    }

    /** Encodes a record batch; returns its metadata, framed. */
    ByteBuffer encode(RecordBatch batch) {
        planner.plan(batch, body);
        if (compressor != null) {
            compressor.compress(body, batch.columns().stream().anyMatch(BatchEncoding::isMapped));
        }
        return metadata.recordBatch(body, batch.rowCount(), batch.metadata());
    }

    /** Encodes a dictionary batch; returns its metadata, framed. */
    ByteBuffer encode(DictionaryUpdate update) {
        Column values = update.values();
        planner.plan(values, body);
        if (compressor != null) {
            compressor.compress(body, isMapped(values));
        }
        return metadata.dictionaryBatch(body, values.length(), update.id(), update.delta());
    }

    private static boolean isMapped(Column column) {
        return column.data().memory().isMapped()
                || column.data().children().stream().anyMatch(BatchEncoding::isMapped);
    }

    @Override
    public void close() {
        if (compressor != null) {
            compressor.close();
        }
    }
}
