package io.lightstream.formats.json;

import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the {@code "schema"} object. */
final class SchemaParser {
    private final JsonInput input;
    private final ReadLimits limits;
    private int fieldCount;

    private SchemaParser(JsonInput input, ReadLimits limits) {
        this.input = input;
        this.limits = limits;
    }

    static Schema parse(JsonInput input, ReadLimits limits) throws IOException {
        return new SchemaParser(input, limits).schema();
    }

    private Schema schema() throws IOException {
        List<Field> fields = null;
        Map<String, String> metadata = Map.of();
        input.enterObject("schema");
        while (input.nextKey()) {
            switch (input.key()) {
                case "fields" -> fields = fields(1);
                case "metadata" -> metadata = metadata();
                default -> input.skip();
            }
        }
        return new Schema(present(fields, "fields"), metadata);
    }

    private List<Field> fields(int depth) throws IOException {
        List<Field> fields = new ArrayList<>();
        input.enterArray("fields");
        while (input.nextElement()) {
            if (depth > limits.maxNesting()) {
                throw input.over("maxNesting", limits.maxNesting(), depth);
            }
            if (++fieldCount > limits.maxFields()) {
                throw input.over("maxFields", limits.maxFields(), fieldCount);
            }
            fields.add(field(depth));
        }
        return fields;
    }

    private Field field(int depth) throws IOException {
        String name = "";
        DataType type = null;
        boolean nullable = true;
        List<Field> children = List.of();
        Optional<DictionaryEncoding> dictionary = Optional.empty();
        Map<String, String> metadata = Map.of();
        input.enterObject("field");
        while (input.nextKey()) {
            switch (input.key()) {
                case "name" -> name = input.isNull() ? "" : input.text("name of a field");
                case "type" -> type = TypeParser.parse(input);
                case "nullable" -> nullable = input.bool("nullable");
                case "children" -> children = fields(depth + 1);
                case "dictionary" -> dictionary = dictionary();
                case "metadata" -> metadata = metadata();
                default -> input.skip();
            }
        }
        try {
            return new Field(name, present(type, "type"), nullable, dictionary, children, metadata);
        } catch (IllegalArgumentException e) {
            throw input.malformed(
                    "field '" + name + "'", "children that its type allows", String.valueOf(e.getMessage()));
        }
    }

    private Optional<DictionaryEncoding> dictionary() throws IOException {
        if (input.isNull()) {
            return Optional.empty();
        }
        Long id = null;
        DataType indexType = new DataType.Int(Integer.SIZE, true);
        boolean ordered = false;
        input.enterObject("dictionary");
        while (input.nextKey()) {
            switch (input.key()) {
                case "id" -> id = input.integer("id of a dictionary", Long.MIN_VALUE, Long.MAX_VALUE);
                case "indexType" -> indexType = TypeParser.parse(input);
                case "isOrdered" -> ordered = input.bool("isOrdered");
                default -> input.skip();
            }
        }
        if (!(indexType instanceof DataType.Int integers)) {
            throw input.malformed("indexType", "an integer type", indexType);
        }
        return Optional.of(new DictionaryEncoding(present(id, "id"), integers, ordered));
    }

    /** A list of keys and values, or null. */
    private Map<String, String> metadata() throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (input.isNull()) {
            return metadata;
        }
        input.enterArray("metadata");
        while (input.nextElement()) {
            String key = null;
            String value = null;
            input.enterObject("metadata");
            while (input.nextKey()) {
                switch (input.key()) {
                    case "key" -> key = input.text("key of metadata");
                    case "value" -> value = input.text("value of metadata");
                    default -> input.skip();
                }
            }
            metadata.put(present(key, "key"), present(value, "value"));
        }
        return metadata;
    }

    private <T> T present(@Nullable T value, String key) throws IOException {
        if (value == null) {
            throw input.malformed("object", "the key '" + key + "'", "the end of the object");
        }
        return value;
    }
}
