package io.lightstream.codec.arrow;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            throw new IllegalArgumentException(
                    "dictionary " + encoding.getId() + " of column '" + name + "': not known to the provider");
        }
        Field values = fromArrow(dictionary.getVector().getField(), dictionaries);
        DictionaryEncoding ours = new DictionaryEncoding(
                encoding.getId(), ArrowTypes.integer(encoding.getIndexType()), encoding.isOrdered());
        return new Field(name, values.type(), field.isNullable(), Optional.of(ours), values.children(), metadata);
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> metadata) {
        return metadata == null ? Map.of() : metadata;
    }

    /**
     * The schema of Arrow Java for ours, as messages have it: dictionary-encoded fields have the type of their values.
     * Extension types that are registered with Arrow Java are found again.
     *
     * @throws UnsupportedFeatureException where Arrow Java has no vector for a type; the message names the column
     */
    public static org.apache.arrow.vector.types.pojo.Schema toArrow(Schema schema, ArrowConversion conversion)
            throws UnsupportedFeatureException {
        return new org.apache.arrow.vector.types.pojo.Schema(toArrow(schema.fields(), conversion), schema.metadata());
    }

    private static List<org.apache.arrow.vector.types.pojo.Field> toArrow(
            List<Field> fields, ArrowConversion conversion) throws UnsupportedFeatureException {
        List<org.apache.arrow.vector.types.pojo.Field> converted = new ArrayList<>();
        for (Field field : fields) {
            converted.add(toArrow(field, conversion));
        }
        return converted;
    }

    private static org.apache.arrow.vector.types.pojo.Field toArrow(Field field, ArrowConversion conversion)
            throws UnsupportedFeatureException {
        requireDistinctChildren(field);
        ArrowType type = extension(field, ArrowTypes.toArrow(representable(field, conversion)));
        var encoding = field.dictionary()
                .map(d -> new org.apache.arrow.vector.types.pojo.DictionaryEncoding(
                        d.id(), d.ordered(), (ArrowType.Int) ArrowTypes.toArrow(d.indexType())))
                .orElse(null);
        FieldType fieldType = new FieldType(field.nullable(), type, encoding, field.metadata());
        return new org.apache.arrow.vector.types.pojo.Field(
                field.name(), fieldType, toArrow(field.children(), conversion));
    }

    private static DataType representable(Field field, ArrowConversion conversion) throws UnsupportedFeatureException {
        if (!(field.type() instanceof DataType.Decimal decimal) || decimal.bitWidth() >= SMALLEST_DECIMAL_BITS) {
            return field.type();
        }
        if (conversion == ArrowConversion.WIDEN) {
            return new DataType.Decimal(decimal.precision(), decimal.scale(), SMALLEST_DECIMAL_BITS);
        }
        throw unsupported(field, "Arrow Java has no vector for " + decimal + "; ask for it to be widened");
    }

    /** Struct vectors find their children by name: of several with one name, all but one would be lost. */
    private static void requireDistinctChildren(Field field) throws UnsupportedFeatureException {
        long names = field.children().stream().map(Field::name).distinct().count();
        boolean byName = field.type() instanceof DataType.Struct;
        if (byName && names < field.children().size()) {
            throw unsupported(field, "Arrow Java cannot hold several children with one name in a struct");
        }
    }

    private static ArrowType extension(Field field, ArrowType storage) {
        return field.extensionName()
                .map(ExtensionTypeRegistry::lookup)
                .<ArrowType>map(known ->
                        known.deserialize(storage, field.metadata().getOrDefault(Field.EXTENSION_METADATA, "")))
                .orElse(storage);
    }

    private static UnsupportedFeatureException unsupported(Field field, String problem) {
        return new UnsupportedFeatureException(
                "", LightstreamException.UNKNOWN_POSITION, "column '" + field.name() + "': " + problem);
    }
}
