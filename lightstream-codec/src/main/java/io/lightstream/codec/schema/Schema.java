package io.lightstream.codec.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fields and custom metadata of a stream or file (Schema.fbs, {@code Schema}).
 *
 * <p>Endianness is not part of it: readers swap big-endian data, so what they hand out is always little-endian.
 *
 * @param fields in the order of the columns
 * @param metadata custom metadata, in the order in which it was given: one value a key, the last one where a stream or file repeats a
 *     key. {@link MetadataText} tells what stands for bytes that are no text
 */
public record Schema(List<Field> fields, Map<String, String> metadata) {
    public Schema {
        fields = List.copyOf(fields);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** A schema without metadata. */
    public static Schema of(Field... fields) {
        return new Schema(List.of(fields), Map.of());
    }

    /** Number of columns. */
    public int columnCount() {
        return fields.size();
    }

    /** Field of column {@code index}. */
    public Field field(int index) {
        return fields.get(index);
    }

    /**
     * Column index of the field called {@code name}.
     *
     * @throws IllegalArgumentException where no field, or more than one, has that name
     */
    public int indexOf(String name) {
        int found = -1;
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                if (found >= 0) {
                    throw new IllegalArgumentException("several columns are called '" + name + "': use the index");
                }
                found = i;
            }
        }
        if (found < 0) {
            throw new IllegalArgumentException("no column is called '" + name + "'; there are " + names());
        }
        return found;
    }

    /** Names of the fields, in order. */
    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /** The schema of the columns {@code indexes}, in that order, with the same metadata. */
    public Schema select(int... indexes) {
        List<Field> chosen = new ArrayList<>(indexes.length);
        for (int index : indexes) {
            chosen.add(fields.get(index));
        }
        return new Schema(chosen, metadata);
    }

    /** This schema with other custom metadata. */
    public Schema withMetadata(Map<String, String> newMetadata) {
        return new Schema(fields, newMetadata);
    }

    /** One field a line. */
    @Override
    public String toString() {
        return String.join("\n", fields.stream().map(Field::toString).toList());
    }
}
