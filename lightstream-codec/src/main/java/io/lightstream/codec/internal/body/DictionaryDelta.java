package io.lightstream.codec.internal.body;

import io.lightstream.codec.Column;
import io.lightstream.codec.InvalidValueException;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.concat.ColumnConcatenation;
import io.lightstream.codec.internal.concat.ConcatenationOutOfMemoryException;
import java.util.List;
import java.util.Map;

/** Appends the values of a delta to those of its dictionary. */
final class DictionaryDelta {
    private DictionaryDelta() {}

    /**
     * The values with the delta behind them, in memory of their own.
     *
     * @param inner the dictionaries that the delta refers to, and that the old values will refer to with it
     */
    static Column append(
            long id,
            KeptDictionary known,
            Map<Long, KeptDictionary> inner,
            Column delta,
            BodyDecoder.Settings settings,
            InputSite site)
            throws LightstreamException {
        try {
            requireSameMeaning(id, known, inner, site);
            return ColumnConcatenation.concatenate(List.of(known.values(), delta), settings.allocator());
        } catch (ConcatenationOutOfMemoryException e) {
            throw DeclaredAllocation.outOfMemory(settings.allocator(), e.bytes(), site, e);
        } catch (ArithmeticException e) {
            throw new LightstreamException(
                    site.source(), site.position(), "dictionary " + id + " outgrows the offsets of its type", e);
        } catch (InvalidValueException e) {
            throw new MalformedStreamException(
                    site.source(), site.position(), "delta of dictionary " + id + ": " + e.getMessage(), e);
        }
    }

    /** The indices of the old values stay as they are, so each must mean in the inner dictionary what it did in the one before. */
    private static void requireSameMeaning(
            long id, KeptDictionary known, Map<Long, KeptDictionary> inner, InputSite site)
            throws UnsupportedFeatureException {
        for (Map.Entry<Long, KeptDictionary> below : inner.entrySet()) {
            KeptDictionary before = known.inner().get(below.getKey());
            if (before != null && !below.getValue().beginsWith(before)) {
                throw site.unsupported(
                        "delta of dictionary " + id,
                        "dictionary " + below.getKey() + " to begin with the values that it had for those before",
                        "others");
            }
        }
    }
}
