package io.lightstream.codec.compare;

import io.lightstream.codec.BatchReader;
import java.io.IOException;
import java.util.Optional;

/** Compares two readers to their end: schema, number of batches, rows of each, every logical value. */
public final class ReaderComparison {
    private ReaderComparison() {}

    /**
     * The first difference; empty where there is none. Moves both readers, to their ends where they are equal, and closes
     * neither.
     *
     * @throws IOException where one of the readers fails; the message names its source
     */
    public static Optional<Difference> compare(BatchReader expected, BatchReader found) throws IOException {
        Optional<Difference> schemas = SchemaComparison.compare(expected.schema(), found.schema());
        if (schemas.isPresent()) {
            return schemas;
        }
        BatchComparison batches = new BatchComparison();
        for (long batch = 0; ; batch++) {
            boolean more = expected.next();
            if (more != found.next()) {
                String count = String.valueOf(batch);
                String moreThan = "more than " + batch;
                return Optional.of(new Difference("batches", more ? moreThan : count, more ? count : moreThan));
            }
            if (!more) {
                return Optional.empty();
            }
            Optional<Difference> difference = batches.compareValues(expected.batch(), found.batch());
            if (difference.isPresent()) {
                String place = "batch " + batch;
                return difference.map(d -> d.inside(place));
            }
        }
    }
}
