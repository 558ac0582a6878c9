package io.lightstream.formats.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes the {@code "schema"} object. */
final class SchemaWriter {
    private SchemaWriter() {}

    static void write(Schema schema, JsonGenerator out) throws IOException {
        out.writeStartObject();
        writeFields("fields", schema.fields(), out);
        writeMetadata(schema.metadata(), out);
        out.writeEndObject();
    }

    private static void writeFields(String key, List<Field> fields, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart(key);
        for (Field field : fields) {
            out.writeStartObject();
            out.writeStringField("name", field.name());
            out.writeFieldName("type");
            TypeWriter.write(field.type(), out);
            out.writeBooleanField("nullable", field.nullable());
            writeFields("children", field.children(), out);
            if (field.dictionary().isPresent()) {
                writeDictionary(field.dictionary().get(), out);
            }
            writeMetadata(field.metadata(), out);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeDictionary(DictionaryEncoding encoding, JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("dictionary");
        out.writeNumberField("id", encoding.id());
        out.writeFieldName("indexType");
        TypeWriter.write(encoding.indexType(), out);
        out.writeBooleanField("isOrdered", encoding.ordered());
        out.writeEndObject();
    }

    private static void writeMetadata(Map<String, String> metadata, JsonGenerator out) throws IOException {
        if (metadata.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("metadata");
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            out.writeStartObject();
            out.writeStringField("key", entry.getKey());
            out.writeStringField("value", entry.getValue());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
