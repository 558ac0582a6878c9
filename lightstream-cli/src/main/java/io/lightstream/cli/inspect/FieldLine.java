package io.lightstream.cli.inspect;

import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * A field of the schema, children after their parent.
 *
 * @param depth 0 for columns
 * @param path names from the column down, joined by dots
 */
record FieldLine(int depth, String path, Field field) {
    static List<FieldLine> of(Schema schema) {
        List<FieldLine> lines = new ArrayList<>();
        schema.fields().forEach(field -> add(lines, 0, "", field));
        return lines;
    }

    private static void add(List<FieldLine> lines, int depth, String prefix, Field field) {
        String path = prefix + field.name();
        lines.add(new FieldLine(depth, path, field));
        field.children().forEach(child -> add(lines, depth + 1, path + ".", child));
    }

    /** Such as {@code id 0 by int32, ordered}; empty without a dictionary. */
    String dictionary() {
        return field.dictionary()
                .map(encoding ->
                        "id " + encoding.id() + " by " + encoding.indexType() + (encoding.ordered() ? ", ordered" : ""))
                .orElse("");
    }
}
