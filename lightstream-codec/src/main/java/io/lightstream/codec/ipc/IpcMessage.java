package io.lightstream.codec.ipc;

import io.lightstream.codec.schema.Schema;
import java.nio.ByteOrder;
import java.util.Map;

/** One message of an Arrow IPC stream, as {@link IpcStreamDecoder} hands it out. */
public sealed interface IpcMessage {
    /** Byte offset of the message in its source, where its prefix begins. */
    long position();

    /**
     * The schema, first message of every stream.
     *
     * @param schema of the stream; what batches hand out may be a projection of it
     * @param byteOrder of the producer; batches are little-endian whatever it is
     * @param metadata custom metadata of the message itself
     */
    record SchemaMessage(Schema schema, ByteOrder byteOrder, Map<String, String> metadata, long position)
            implements IpcMessage {}

    /**
     * A dictionary was set, replaced or, as a delta, appended to. The decoder keeps its values for the batches that follow.
     *
     * @param id of the dictionary
     * @param isDelta whether the values were appended
     * @param valueCount values in this message
     */
    record DictionaryBatch(long id, boolean isDelta, long valueCount, long position) implements IpcMessage {}

    /**
     * A record batch.
     *
     * @param batch belongs to whoever received the message, who closes it
     */
    record RecordBatch(io.lightstream.codec.RecordBatch batch, long position) implements IpcMessage {}

    /** The marker that ends a stream. Another stream may follow on the same connection. */
    record EndOfStream(long position) implements IpcMessage {}
}
