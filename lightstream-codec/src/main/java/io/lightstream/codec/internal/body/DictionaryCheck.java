package io.lightstream.codec.internal.body;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.schema.DictionaryEncoding;
import java.util.Optional;

/** Checks that a dictionary came before the batch that refers to it. */
final class DictionaryCheck {
    private DictionaryCheck() {}

    static void requireKnown(BatchLayout layout, int from, int to, Dictionaries.Snapshot dictionaries, InputSite site)
            throws LightstreamException {
        for (int node = from; node < to; node++) {
            Optional<DictionaryEncoding> encoding =
                    layout.plan.node(node).field().dictionary();
            if (encoding.isPresent() && !dictionaries.contains(encoding.get().id())) {
                throw site.malformed(
                        "dictionary of field '" + layout.name(node) + "'",
                        "dictionary " + encoding.get().id() + " before the first batch that uses it",
                        "none");
            }
        }
    }
}
