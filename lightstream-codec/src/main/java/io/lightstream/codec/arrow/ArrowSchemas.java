package io.lightstream.codec.arrow;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.ExtensionTypeRegistry;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.jspecify.annotations.Nullable;

/** Schemas of Arrow Java and ours. */
public final class ArrowSchemas {
    private static final int SMALLEST_DECIMAL_BITS = 128;

    private ArrowSchemas() {}

    /**
     * As {@link #fromArrow(org.apache.arrow.vector.types.pojo.Schema, DictionaryProvider)}, without dictionaries.
     *
     * @throws IllegalArgumentException where a field is dictionary-encoded
     */
    public static Schema fromArrow(org.apache.arrow.vector.types.pojo.Schema schema) {
        return fromArrow(schema, ArrowBatches.NO_DICTIONARIES);
    }

    /**
     * Our schema for one of Arrow Java, in which dictionary-encoded fields have the type of their indices.
     *
     * @param dictionaries asked for the types of dictionary values
     * @throws IllegalArgumentException where a dictionary is missing
     */
    public static Schema fromArrow(org.apache.arrow.vector.types.pojo.Schema schema, DictionaryProvider dictionaries) {
        return new Schema(fromArrow(schema.getFields(), dictionaries), orEmpty(schema.getCustomMetadata()));
    }

    private static List<Field> fromArrow(
            List<org.apache.arrow.vector.types.pojo.Field> fields, DictionaryProvider dictionaries) {
        return fields.stream().map(field -> fromArrow(field, dictionaries)).toList();
    }

    static Field fromArrow(org.apache.arrow.vector.types.pojo.Field field, DictionaryProvider dictionaries) {
        String name = field.getName() == null ? "" : field.getName();
        Map<String, String> metadata = orEmpty(field.getMetadata());
        var encoding = field.getDictionary();
        if (encoding == null) {
            List<Field> children = fromArrow(field.getChildren(), dictionaries);
            DataType type = ArrowTypes.fromArrow(field.getType());
            return new Field(name, type, field.isNullable(), Optional.empty(), children, metadata);
        }
        Dictionary dictionary = dictionaries.lookup(encoding.getId());
        if (dictionary == null) {
            throw unknownDictionary(encoding.getId(), name);
        }
        Field values = fromArrow(dictionary.getVector().getField(), dictionaries);
        DictionaryEncoding ours = new DictionaryEncoding(
                encoding.getId(), ArrowTypes.integer(encoding.getIndexType()), encoding.isOrdered());
        return new Field(name, values.type(), field.isNullable(), Optional.of(ours), values.children(), metadata);
    }

    static IllegalArgumentException unknownDictionary(long id, String column) {
        return new IllegalArgumentException(
                "dictionary " + id + " of column '" + column + "': not known to the provider");
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> metadata) {
        return metadata == null ? Map.of() : metadata;
    }

    /**
     * The schema of Arrow Java for ours, as messages have it: dictionary-encoded fields have the type of their values.
     * Extension types that are registered with Arrow Java are found again.
     *
     * <p>Of struct and union children that share a name, vectors that Arrow Java makes by itself of an {@linkplain
     * ArrowConversion#EXACT exact} schema keep one. {@link ArrowBatches} makes vectors of all of them.
     *
     * @throws UnsupportedFeatureException where Arrow Java has no vector for a type; the message names the column
     */
    public static org.apache.arrow.vector.types.pojo.Schema toArrow(Schema schema, ArrowConversion conversion)
            throws UnsupportedFeatureException {
        List<org.apache.arrow.vector.types.pojo.Field> fields = toArrow("", schema.fields(), conversion);
        if (conversion == ArrowConversion.WIDEN) {
            fields.replaceAll(ArrowSchemas::withDistinctNames);
        }
        return new org.apache.arrow.vector.types.pojo.Schema(fields, schema.metadata());
    }

    /** The field with names for its children, and for theirs, that no other child of the same parent has. */
    static org.apache.arrow.vector.types.pojo.Field withDistinctNames(org.apache.arrow.vector.types.pojo.Field field) {
        List<org.apache.arrow.vector.types.pojo.Field> children = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (var child : field.getChildren()) {
            String name = child.getName();
            for (int i = 2; !names.add(name); i++) {
                name = child.getName() + "#" + i;
            }
            children.add(new org.apache.arrow.vector.types.pojo.Field(
                    name, child.getFieldType(), withDistinctNames(child).getChildren()));
        }
        return new org.apache.arrow.vector.types.pojo.Field(field.getName(), field.getFieldType(), children);
    }

    /** @param prefix path of the parent and a dot, empty for columns */
    private static List<org.apache.arrow.vector.types.pojo.Field> toArrow(
            String prefix, List<Field> fields, ArrowConversion conversion) throws UnsupportedFeatureException {
        List<org.apache.arrow.vector.types.pojo.Field> converted = new ArrayList<>();
        for (Field field : fields) {
            converted.add(toArrow(prefix + field.name(), field, conversion));
        }
        return converted;
    }

    private static org.apache.arrow.vector.types.pojo.Field toArrow(
            String path, Field field, ArrowConversion conversion) throws UnsupportedFeatureException {
        ArrowType type = extension(path, field, ArrowTypes.toArrow(representable(path, field, conversion)));
        var encoding = field.dictionary()
                .map(d -> new org.apache.arrow.vector.types.pojo.DictionaryEncoding(
                        d.id(), d.ordered(), (ArrowType.Int) ArrowTypes.toArrow(d.indexType())))
                .orElse(null);
        FieldType fieldType = new FieldType(field.nullable(), type, encoding, field.metadata());
        return new org.apache.arrow.vector.types.pojo.Field(
                field.name(), fieldType, toArrow(path + ".", field.children(), conversion));
    }

    private static DataType representable(String path, Field field, ArrowConversion conversion)
            throws UnsupportedFeatureException {
        if (field.type() instanceof DataType.FixedSizeBinary binary && binary.width() == 0) {
            throw unsupported(path, "Arrow Java has no vector for " + binary + ": it divides by the width", null);
        }
        if (!(field.type() instanceof DataType.Decimal decimal) || decimal.bitWidth() >= SMALLEST_DECIMAL_BITS) {
            return field.type();
        }
        if (conversion == ArrowConversion.WIDEN) {
            return new DataType.Decimal(decimal.precision(), decimal.scale(), SMALLEST_DECIMAL_BITS);
        }
        throw unsupported(path, "Arrow Java has no vector for " + decimal + "; ask for it to be widened", null);
    }

    private static ArrowType extension(String path, Field field, ArrowType storage) throws UnsupportedFeatureException {
        ArrowType.ExtensionType known =
                field.extensionName().map(ExtensionTypeRegistry::lookup).orElse(null);
        if (known == null) {
            return storage;
        }
        try {
            return known.deserialize(storage, field.metadata().getOrDefault(Field.EXTENSION_METADATA, ""));
        } catch (RuntimeException e) {
            // Whatever the author of the type throws where it is not stored as it should be.
            throw unsupported(
                    path, "extension type " + known.extensionName() + " over " + storage + ": " + e.getMessage(), e);
        }
    }

    private static UnsupportedFeatureException unsupported(String path, String problem, @Nullable Throwable cause) {
        return new UnsupportedFeatureException(
                "", LightstreamException.UNKNOWN_POSITION, "column '" + path + "': " + problem, cause);
    }
}
