package io.lightstream.codec.compare;

import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import io.lightstream.codec.schema.TypeId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Compares schemas: number and order of fields; name, type, nullability, metadata (whatever its order), dictionary index type
 * and order, children; metadata of the schema. Not compared are ids of dictionaries and the names inside of a map, which the
 * format leaves to the producer.
 */
public final class SchemaComparison {
    private static final Set<String> EXTENSION_KEYS = Set.of(Field.EXTENSION_NAME, Field.EXTENSION_METADATA);
    private static final String NO_DICTIONARY = "no dictionary";

    private SchemaComparison() {}

    /** The first difference; empty where there is none. */
    public static Optional<Difference> compare(Schema expected, Schema found) {
        Optional<Difference> fields = compareFields("", expected.fields(), found.fields(), true);
        return fields.isPresent() ? fields : compareParts("schema metadata", expected.metadata(), found.metadata());
    }

    /**
     * As {@link #compare(Schema, Schema)}, without custom metadata, but for those that name an extension type. Schemas without such
     * a difference have columns of which each can stand for the other.
     */
    public static Optional<Difference> compareTypes(Schema expected, Schema found) {
        return compareFields("", typesOf(expected.fields()), typesOf(found.fields()), true);
    }

    private static List<Field> typesOf(List<Field> fields) {
        return fields.stream().map(SchemaComparison::typeOf).toList();
    }

    private static Field typeOf(Field field) {
        Map<String, String> extension = new HashMap<>(field.metadata());
        extension.keySet().retainAll(EXTENSION_KEYS);
        return new Field(
                field.name(), field.type(), field.nullable(), field.dictionary(), typesOf(field.children()), extension);
    }

    static Optional<Difference> compare(Field expected, Field found) {
        return compareField("", expected, found, true);
    }

    private static Optional<Difference> compareFields(
            String path, List<Field> expected, List<Field> found, boolean withNames) {
        Optional<Difference> counts = compareParts(
                path.isEmpty() ? "columns" : "children of field '" + path + "'", expected.size(), found.size());
        for (int i = 0; i < expected.size() && counts.isEmpty(); i++) {
            String prefix = path.isEmpty() ? "" : path + ".";
            Optional<Difference> field = compareField(prefix, expected.get(i), found.get(i), withNames);
            if (field.isPresent()) {
                return field;
            }
        }
        return counts;
    }

    private static Optional<Difference> compareField(String prefix, Field expected, Field found, boolean withName) {
        String path = prefix + expected.name();
        String place = "field '" + path + "'";
        if (withName && !expected.name().equals(found.name())) {
            return Optional.of(Difference.of("name of " + place, expected.name(), found.name()));
        }
        return compareParts("type of " + place, expected.type(), found.type())
                .or(() -> compareParts("nullability of " + place, expected.nullable(), found.nullable()))
                .or(() -> compareParts("metadata of " + place, expected.metadata(), found.metadata()))
                .or(() -> compareParts("dictionary of " + place, encoding(expected), encoding(found)))
                .or(() -> compareChildren(path, expected, found));
    }

    private static Optional<Difference> compareChildren(String path, Field expected, Field found) {
        if (expected.type().id() != TypeId.MAP) {
            return compareFields(path, expected.children(), found.children(), true);
        }
        // The struct of the entries and its two fields; what lies below them has names that count.
        Field entries = expected.children().get(0);
        Field foundEntries = found.children().get(0);
        return compareParts("nullability of the entries of '" + path + "'", entries.nullable(), foundEntries.nullable())
                .or(() -> compareParts(
                        "metadata of the entries of '" + path + "'", entries.metadata(), foundEntries.metadata()))
                .or(() -> compareFields(path, entries.children(), foundEntries.children(), false));
    }

    private static String encoding(Field field) {
        return field.dictionary().map(SchemaComparison::describe).orElse(NO_DICTIONARY);
    }

    private static String describe(DictionaryEncoding encoding) {
        return (encoding.ordered() ? "ordered by " : "") + encoding.indexType();
    }

    private static Optional<Difference> compareParts(String place, Object expected, Object found) {
        return Objects.equals(expected, found) ? Optional.empty() : Optional.of(Difference.of(place, expected, found));
    }
}
