package io.lightstream.codec.internal.body;

import io.lightstream.codec.Column;
import io.lightstream.codec.InvalidValueException;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.concat.ColumnConcatenation;
import io.lightstream.codec.internal.concat.ConcatenationOutOfMemoryException;
import java.util.List;

/** Appends the values of a delta to those of its dictionary. */
final class DictionaryDelta {
    private DictionaryDelta() {}

    /** The values with the delta behind them, in memory of their own. */
    static Column append(long id, Column values, Column delta, BodyDecoder.Settings settings, InputSite site)
            throws LightstreamException {
        try {
            return ColumnConcatenation.concatenate(List.of(values, delta), settings.allocator());
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
}
