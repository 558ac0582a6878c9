package io.lightstream.codec.internal.metadata;

import com.google.flatbuffers.FlatBufferBuilder;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.MetadataText;
import io.lightstream.codec.schema.Schema;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.arrow.flatbuf.DictionaryKind;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;

/** Writes schemas: as a message, and into a footer. */
public final class SchemaEncoder {
    private static final int FIRST_CAPACITY = 1024;

    private SchemaEncoder() {}

    /** The flatbuffer {@code Message} of a schema, without the framing around it. */
    public static ByteBuffer message(Schema schema) {
        FlatBufferBuilder out = new FlatBufferBuilder(FIRST_CAPACITY);
        int header = schema(out, schema);
        out.finish(Message.createMessage(out, MetadataVersion.V5, MessageHeader.Schema, header, 0, 0));
        return out.dataBuffer().slice();
    }

    /** Writes the table {@code Schema}; returns its offset. */
    static int schema(FlatBufferBuilder out, Schema schema) {
        int[] fields = new int[schema.columnCount()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = field(out, schema.field(i));
        }
        int vector = org.apache.arrow.flatbuf.Schema.createFieldsVector(out, fields);
        int metadata = keyValues(out, schema.metadata());
        return org.apache.arrow.flatbuf.Schema.createSchema(out, Endianness.Little, vector, metadata, 0);
    }

    private static int field(FlatBufferBuilder out, Field field) {
        int[] children = new int[field.children().size()];
        for (int i = 0; i < children.length; i++) {
            children[i] = field(out, field.children().get(i));
        }
        int name = out.createString(field.name());
        int type = TypeEncoder.encode(out, field.type());
        int dictionary = field.dictionary().map(d -> dictionary(out, d)).orElse(0);
        int vector = org.apache.arrow.flatbuf.Field.createChildrenVector(out, children);
        int metadata = keyValues(out, field.metadata());
        return org.apache.arrow.flatbuf.Field.createField(
                out,
                name,
                field.nullable(),
                TypeEncoder.discriminator(field.type()),
                type,
                dictionary,
                vector,
                metadata);
    }

    private static int dictionary(FlatBufferBuilder out, DictionaryEncoding encoding) {
        int index = Int.createInt(
                out, encoding.indexType().bitWidth(), encoding.indexType().signed());
        return org.apache.arrow.flatbuf.DictionaryEncoding.createDictionaryEncoding(
                out, encoding.id(), index, encoding.ordered(), DictionaryKind.DenseArray);
    }

    /** Writes a vector of {@code KeyValue}; returns its offset, 0 (absent) where there are none. */
    static int keyValues(FlatBufferBuilder out, Map<String, String> metadata) {
        if (metadata.isEmpty()) {
            return 0;
        }
        int[] pairs = new int[metadata.size()];
        int i = 0;
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            int key = out.createString(ByteBuffer.wrap(MetadataText.toBytes(entry.getKey())));
            int value = out.createString(ByteBuffer.wrap(MetadataText.toBytes(entry.getValue())));
            pairs[i++] = KeyValue.createKeyValue(out, key, value);
        }
        return org.apache.arrow.flatbuf.Schema.createCustomMetadataVector(out, pairs);
    }
}
