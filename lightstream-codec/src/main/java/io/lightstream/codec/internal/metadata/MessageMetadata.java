package io.lightstream.codec.internal.metadata;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.schema.Schema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * Reads the metadata of one message after another (Message.fbs, {@code Message}): {@link #read} verifies it and tells what it
 * is; what the other methods return is valid until the next call.
 */
public final class MessageMetadata {
    /** Kind of a message. */
    public enum Kind {
        SCHEMA,
        DICTIONARY_BATCH,
        RECORD_BATCH
    }

    private final ReadLimits limits;
    private final InputSite site;
    private final FlatbufferVerifier verifier;
    private final Message message = new Message();
    private final RecordBatch batch = new RecordBatch();
    private final DictionaryBatch dictionary = new DictionaryBatch();
    private final BatchHeader batchHeader = new BatchHeader();
    private final BatchPositions batchPositions = new BatchPositions();
    private final BatchPositions dictionaryPositions = new BatchPositions();
    private final BatchStructure structure = new BatchStructure();
    private short version;
    private long bodyLength;
    private boolean hasCustomMetadata;

    public MessageMetadata(ReadLimits limits, InputSite site) {
        this.limits = limits;
        this.site = site;
        this.verifier = new FlatbufferVerifier(limits, site);
    }

    /**
     * Verifies and reads the metadata.
     *
     * @param bytes little-endian, the flatbuffer from index 0 to the limit; must stay unchanged as long as it is used
     */
    public Kind read(ByteBuffer bytes) throws LightstreamException {
        if (structure.matches(bytes)) {
            // Version and compression are as they were, and there are no custom metadata.
            bodyLength = requireBodyLength(batchPositions.bodyLength(bytes));
            batchHeader.readNumbers(bytes, batchPositions, limits, site);
            return Kind.RECORD_BATCH;
        }
        // What is read now replaces version, compression and whether there are custom metadata, whatever kind of
        // message it is.
        structure.forget();
        if (bytes.limit() == 0) {
            throw site.malformed("metadata", "a message", "0 bytes");
        }
        verifier.verify(bytes, ArrowShapes.MESSAGE);
        Message.getRootAsMessage(bytes.position(0), message);
        version = requireVersion(message.version(), site);
        hasCustomMetadata = message.customMetadataLength() > 0;
        bodyLength = requireBodyLength(message.bodyLength());
        return readHeader(bytes);
    }

    private long requireBodyLength(long found) throws LightstreamException {
        if (found < 0) {
            throw site.malformed("body length", "0 or more", found);
        }
        return found;
    }

    private Kind readHeader(ByteBuffer bytes) throws LightstreamException {
        return switch (message.headerType()) {
            case MessageHeader.Schema -> kind(Kind.SCHEMA, new org.apache.arrow.flatbuf.Schema());
            case MessageHeader.RecordBatch -> readRecordBatch(bytes);
            case MessageHeader.DictionaryBatch -> readDictionaryBatch(bytes);
            case MessageHeader.Tensor ->
                throw site.unsupported("kind of message", "record batches, not tensors", "Tensor");
            case MessageHeader.SparseTensor ->
                throw site.unsupported("kind of message", "record batches, not tensors", "SparseTensor");
            default -> throw site.malformed("kind of message", "1..5", message.headerType());
        };
    }

    private Kind readRecordBatch(ByteBuffer bytes) throws LightstreamException {
        Kind kind = kind(Kind.RECORD_BATCH, batch);
        batchPositions.locate(bytes, kind);
        batchHeader.read(batch, bytes, batchPositions, limits, site);
        // Custom metadata are read from their tables, which then have to be verified each time.
        if (!hasCustomMetadata) {
            structure.remember(bytes, batchPositions);
        }
        return kind;
    }

    private Kind readDictionaryBatch(ByteBuffer bytes) throws LightstreamException {
        Kind kind = kind(Kind.DICTIONARY_BATCH, dictionary);
        if (dictionary.data(batch) == null) {
            throw site.malformed("dictionary batch", "a record batch", "none");
        }
        dictionaryPositions.locate(bytes, kind);
        batchHeader.read(batch, bytes, dictionaryPositions, limits, site);
        return kind;
    }

    private Kind kind(Kind kind, com.google.flatbuffers.Table header) throws LightstreamException {
        if (message.header(header) == null) {
            throw site.malformed("header of the message", "a table of kind " + kind, "none");
        }
        return kind;
    }

    /** Bytes of the body that follows the metadata; not negative. */
    public long bodyLength() {
        return bodyLength;
    }

    /** Whether the metadata version is older than V5: unions, and run-end encoding, then have a validity buffer. */
    public boolean isBeforeV5() {
        return version < MetadataVersion.V5;
    }

    /** Custom metadata of the message. */
    public Map<String, String> customMetadata() {
        return hasCustomMetadata ? KeyValues.read(message.customMetadataVector()) : Map.of();
    }

    /** The schema, after {@link Kind#SCHEMA}. */
    public Schema schema() throws LightstreamException {
        return SchemaDecoder.decode(schemaTable(), limits, site);
    }

    /** Byte order of all bodies, after {@link Kind#SCHEMA}. */
    public ByteOrder byteOrder() {
        return byteOrder(schemaTable());
    }

    /** What the record batch, or that of the dictionary batch, says of its body. */
    public BatchHeader batch() {
        return batchHeader;
    }

    /** Which dictionary, after {@link Kind#DICTIONARY_BATCH}. */
    public long dictionaryId() {
        return dictionary.id();
    }

    /** Whether the values are appended to those known, after {@link Kind#DICTIONARY_BATCH}. */
    public boolean isDelta() {
        return dictionary.isDelta();
    }

    /** Whatever is not called little is big: so Arrow C++ has it, and both have to read the same values. */
    static ByteOrder byteOrder(org.apache.arrow.flatbuf.Schema schema) {
        return schema.endianness() == Endianness.Little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    private static short requireVersion(short version, InputSite site) throws LightstreamException {
        if (version < 0 || version > MetadataVersion.V5) {
            throw site.malformed("metadata version", "V4 or V5", version);
        }
        if (version < MetadataVersion.V4) {
            throw site.unsupported("metadata version", "V4 or V5", "V" + (version + 1));
        }
        return version;
    }

    private org.apache.arrow.flatbuf.Schema schemaTable() {
        org.apache.arrow.flatbuf.Schema table = new org.apache.arrow.flatbuf.Schema();
        message.header(table);
        return table;
    }
}
