package io.lightstream.codec.internal.body;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.Validation;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Checks the buffers of a body, as far as the reader wants, and brings them to little-endian order. As reusable as the layout and
 * the buffers that it looks at.
 */
final class BodyCheck {
    private final BodyDecoder decoder;
    private final BatchLayout layout;
    private final BodyBuffers buffers;
    /** Absent where the structure is enough. */
    private final @Nullable ValueCheck values;

    BodyCheck(BodyDecoder decoder, BatchLayout layout, BodyBuffers buffers) {
        this.decoder = decoder;
        this.layout = layout;
        this.buffers = buffers;
        Validation validation = decoder.settings().validation();
        this.values = validation == Validation.STRUCTURE
                ? null
                : new ValueCheck(layout, buffers, validation, decoder.isOfDictionary(), decoder.site());
    }

    /** Checks all wanted columns. Buffers of another byte order are swapped where they lie. */
    void check(Dictionaries.Snapshot dictionaries) throws LightstreamException {
        for (int field = 0; field < layout.plan.fieldCount(); field++) {
            if (decoder.projection().wants(field)) {
                int from = layout.plan.fieldNode(field);
                int to = layout.plan.fieldNode(field + 1);
                StructureCheck.check(layout, buffers, from, to, decoder.site());
                if (decoder.settings().byteOrder() == ByteOrder.BIG_ENDIAN) {
                    ByteOrderSwap.toLittleEndian(layout, buffers, from, to);
                }
                if (layout.plan.hasDictionaries() && !decoder.isOfDictionary()) {
                    DictionaryCheck.requireKnown(layout, from, to, dictionaries, decoder.site());
                }
                if (values != null) {
                    values.check(from, to, dictionaries);
                }
                buffers.leaveOutBitmapsOfNoNulls(layout, from, to);
            }
        }
    }
}
