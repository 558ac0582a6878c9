package io.lightstream.codec.internal;

import io.lightstream.codec.ColumnSelectionException;
import io.lightstream.codec.schema.Schema;
import java.util.List;

/** Finds the columns that a reader was told to hand out in the schema that its input has. */
public final class SelectedColumns {
    /** An error names no more columns than these. */
    private static final int MOST_NAMES = 32;

    private SelectedColumns() {}

    /** Index of each column of {@code names}, every one of which must be the name of exactly one. */
    public static int[] indexes(Schema schema, List<String> names, InputSite site) throws ColumnSelectionException {
        List<String> present = schema.names();
        int[] indexes = new int[names.size()];
        for (int i = 0; i < indexes.length; i++) {
            String name = names.get(i);
            indexes[i] = present.indexOf(name);
            if (indexes[i] < 0) {
                throw new ColumnSelectionException(
                        site.source(), site.position(), name, "one of " + shortened(present), "none");
            }
            if (indexes[i] != present.lastIndexOf(name)) {
                long found = present.stream().filter(name::equals).count();
                throw new ColumnSelectionException(site.source(), site.position(), name, "one of that name", found);
            }
        }
        return indexes;
    }

    private static String shortened(List<String> names) {
        return names.size() <= MOST_NAMES
                ? names.toString()
                : names.subList(0, MOST_NAMES) + " and " + (names.size() - MOST_NAMES) + " more";
    }
}
