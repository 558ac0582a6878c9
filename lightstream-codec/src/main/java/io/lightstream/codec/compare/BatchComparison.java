package io.lightstream.codec.compare;

import io.lightstream.codec.Column;
import io.lightstream.codec.RecordBatch;
import java.util.Optional;

/**
 * Compares record batches: schema, rows, every logical value.
 *
 * <p>Numbers, text and lists without nulls are compared as ranges of memory, so that equal batches cost little more than
 * reading them. Whole readers are compared by {@link ReaderComparison}.
 */
public final class BatchComparison {
    private final RangeEquality equality = new RangeEquality();

    /**
     * Compares many pairs of batches, one after the other. It remembers which values of dictionaries are equal, as long as each
     * pair refers to dictionaries of the one before.
     */
    BatchComparison() {}

    /** The first difference between two batches; empty where there is none. */
    public static Optional<Difference> compare(RecordBatch expected, RecordBatch found) {
        Optional<Difference> schemas = SchemaComparison.compare(expected.schema(), found.schema());
        return schemas.isPresent() ? schemas : new BatchComparison().compareValues(expected, found);
    }

    /** The first difference between two columns of as many rows and equal types; empty where there is none. */
    public static Optional<Difference> compare(Column expected, Column found) {
        Optional<Difference> fields = SchemaComparison.compare(expected.field(), found.field());
        return fields.isPresent() ? fields : new BatchComparison().compareValues(expected, found);
    }

    /** As {@link #compare(RecordBatch, RecordBatch)}, for batches whose schemas are known to be equal. */
    Optional<Difference> compareValues(RecordBatch expected, RecordBatch found) {
        equality.nextBatch();
        if (expected.rowCount() != found.rowCount()) {
            return Optional.of(Difference.of("rows", expected.rowCount(), found.rowCount()));
        }
        for (int i = 0; i < expected.columnCount(); i++) {
            Optional<Difference> difference = compareValues(expected.column(i), found.column(i));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private Optional<Difference> compareValues(Column expected, Column found) {
        if (expected.length() != found.length()) {
            String place = "rows of column '" + expected.name() + "'";
            return Optional.of(Difference.of(place, expected.length(), found.length()));
        }
        return equality.equal(expected, 0, found, 0, expected.length())
                ? Optional.empty()
                : Optional.of(new DifferenceFinder(equality).find(expected, found));
    }
}
