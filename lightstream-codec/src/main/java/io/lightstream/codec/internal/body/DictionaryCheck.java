package io.lightstream.codec.internal.body;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.schema.DictionaryEncoding;
import java.util.Optional;

/**
 * Checks that a dictionary came before the batch that refers to it. A column of nulls refers to none: its dictionary may come
 * later, or never (Columnar.rst, "Dictionary Messages").
 */
final class DictionaryCheck {
    private DictionaryCheck() {}

    static void requireKnown(BatchLayout layout, int from, int to, Dictionaries.Snapshot dictionaries, InputSite site)
            throws LightstreamException {
        for (int node = from; node < to; node++) {
            Optional<DictionaryEncoding> encoding =
                    layout.plan.node(node).field().dictionary();
            boolean isNeeded = encoding.isPresent() && layout.nullCount(node) != layout.length(node);
            if (isNeeded && !dictionaries.contains(encoding.get().id())) {
                throw missing(layout.name(node), encoding.get().id(), dictionaries, site);
            }
        }
    }

    /** Where the dictionary is there, but itself refers to one that is not, that one is named. */
    private static LightstreamException missing(
            String field, long id, Dictionaries.Snapshot dictionaries, InputSite site) {
        Optional<DecodedBody.Reference> below = dictionaries.awaitedBy(id);
        return site.malformed(
                "dictionary of field '"
                        + below.map(DecodedBody.Reference::field).orElse(field) + "'",
                "dictionary " + below.map(DecodedBody.Reference::id).orElse(id)
                        + " before the first batch that uses it",
                "none");
    }
}
