package io.lightstream.codec.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A named, typed column of a schema, or a child of a nested one (Schema.fbs, {@code Field}).
 *
 * <p>Names are no key: a schema may hold several fields of one name.
 *
 * @param name may be empty
 * @param type type of the values; for a dictionary-encoded field that of the dictionary's values
 * @param nullable whether values may be null
 * @param dictionary present where the column holds indices into a dictionary
 * @param children of nested types; for a dictionary-encoded field those of the dictionary's values
 * @param metadata custom metadata, in the order in which it was given: one value a key, the last one where a stream or file repeats a
 *     key. {@link MetadataText} tells what stands for bytes that are no text
 */
public record Field(
        String name,
        DataType type,
        boolean nullable,
        Optional<DictionaryEncoding> dictionary,
        List<Field> children,
        Map<String, String> metadata) {
    /** Metadata key under which the format keeps the name of an extension type. */
    public static final String EXTENSION_NAME = "ARROW:extension:name";

    /** Metadata key under which the format keeps the parameters of an extension type. */
    public static final String EXTENSION_METADATA = "ARROW:extension:metadata";

    public Field {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(dictionary, "dictionary");
        children = List.copyOf(children);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        checkChildren(type, children);
    }

    /** A nullable field without metadata. */
    public static Field of(String name, DataType type, Field... children) {
        return new Field(name, type, true, Optional.empty(), List.of(children), Map.of());
    }

    /** A field that holds no nulls, without metadata. */
    public static Field required(String name, DataType type, Field... children) {
        return new Field(name, type, false, Optional.empty(), List.of(children), Map.of());
    }

    /** This field with its values replaced by indices into a dictionary. */
    public Field withDictionary(DictionaryEncoding encoding) {
        return new Field(name, type, nullable, Optional.of(encoding), children, metadata);
    }

    /** This field with other custom metadata. */
    public Field withMetadata(Map<String, String> newMetadata) {
        return new Field(name, type, nullable, dictionary, children, newMetadata);
    }

    /** This field under another name. */
    public Field withName(String newName) {
        return new Field(newName, type, nullable, dictionary, children, metadata);
    }

    /** Layout of the column itself: that of the indices for a dictionary-encoded field. */
    public Layout layout() {
        return dictionary.isPresent() ? Layout.FIXED : type.layout();
    }

    /** Type of what the column itself holds: that of the indices for a dictionary-encoded field. */
    public DataType storageType() {
        return dictionary.isPresent() ? dictionary.get().indexType() : type;
    }

    /** The field of the dictionary's values: this one without the encoding. */
    public Field valueField() {
        return new Field(name, type, true, Optional.empty(), children, metadata);
    }

    /** The name of the extension type, where the metadata declares one. */
    public Optional<String> extensionName() {
        return Optional.ofNullable(metadata.get(EXTENSION_NAME));
    }

    private static void checkChildren(DataType type, List<Field> children) {
        switch (type.id()) {
            case LIST, LARGE_LIST, LIST_VIEW, LARGE_LIST_VIEW, FIXED_SIZE_LIST -> requireCount(type, children, 1);
            case MAP -> checkMap(type, children);
            case RUN_END_ENCODED -> checkRunEnds(type, children);
            case UNION ->
                requireCount(type, children, ((DataType.Union) type).typeIds().size());
            case STRUCT -> {}
            default -> requireCount(type, children, 0);
        }
    }

    private static void checkMap(DataType type, List<Field> children) {
        requireCount(type, children, 1);
        Field entries = children.get(0);
        boolean isPair =
                entries.type() instanceof DataType.Struct && entries.children().size() == 2;
        if (!isPair || entries.dictionary().isPresent()) {
            throw new IllegalArgumentException("child of a map: expected a struct of two, found " + entries);
        }
    }

    private static void checkRunEnds(DataType type, List<Field> children) {
        requireCount(type, children, 2);
        boolean fits = children.get(0).type() instanceof DataType.Int ends && ends.signed() && ends.bitWidth() > 8;
        if (!fits || children.get(0).dictionary().isPresent()) {
            throw new IllegalArgumentException("run ends: expected int16, int32 or int64, found " + children.get(0));
        }
    }

    private static void requireCount(DataType type, List<Field> children, int expected) {
        if (children.size() != expected) {
            throw new IllegalArgumentException(
                    "children of " + type + ": expected " + expected + ", found " + children.size());
        }
    }

    /** The field as the command line prints it, such as {@code "name: utf8 not null"}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name).append(": ");
        dictionary.ifPresent(
                d -> text.append("dictionary<").append(d.indexType()).append(", "));
        text.append(type);
        if (!children.isEmpty()) {
            text.append('<');
            for (int i = 0; i < children.size(); i++) {
                text.append(i == 0 ? "" : ", ").append(children.get(i));
            }
            text.append('>');
        }
        dictionary.ifPresent(d -> text.append(d.ordered() ? ", ordered>" : ">"));
        return text.append(nullable ? "" : " not null").toString();
    }
}
