package io.lightstream.codec.internal.body;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.Validation;
import java.nio.ByteOrder;

/** Checks the buffers of a body, as far as the reader wants, and brings them to little-endian order. */
final class BodyCheck {
    private BodyCheck() {}

    /** Checks all wanted columns. Buffers of another byte order are swapped where they lie. */
    static void check(BodyDecoder decoder, BatchLayout layout, BodyBuffers buffers, Dictionaries.Snapshot dictionaries)
            throws LightstreamException {
        ValueCheck values = new ValueCheck(layout, buffers, dictionaries, decoder.settings(), decoder.site());
        for (int field = 0; field < layout.plan.schema().columnCount(); field++) {
            if (decoder.projection().wants(field)) {
                int from = layout.plan.fieldNode(field);
                int to = layout.plan.fieldNode(field + 1);
                StructureCheck.check(layout, buffers, from, to, decoder.site());
                if (decoder.settings().byteOrder() == ByteOrder.BIG_ENDIAN) {
                    ByteOrderSwap.toLittleEndian(layout, buffers, from, to);
                }
                DictionaryCheck.requireKnown(layout, from, to, dictionaries, decoder.site());
                if (decoder.settings().validation() != Validation.STRUCTURE) {
                    values.check(from, to);
                }
            }
        }
    }
}
