package io.lightstream.codec.ipc;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.compare.Difference;
import io.lightstream.codec.compare.SchemaComparison;
import io.lightstream.codec.schema.Schema;
import java.util.Optional;

/** Compares the schema of a file that is written on with the one that is wanted. */
final class SchemaCheck {
    private SchemaCheck() {}

    /** @throws LightstreamException that names the first difference */
    static void require(Optional<Schema> wanted, Schema found, String source) throws LightstreamException {
        if (wanted.isEmpty() || wanted.get().equals(found)) {
            return;
        }
        Difference difference = SchemaComparison.compare(wanted.get(), found)
                // What that does not compare.
                .orElseGet(() -> new Difference(
                        "ids of dictionaries or names within maps", wanted.get().toString(), found.toString()));
        throw new LightstreamException(
                source,
                LightstreamException.UNKNOWN_POSITION,
                difference.place(),
                difference.expected(),
                difference.found());
    }
}
