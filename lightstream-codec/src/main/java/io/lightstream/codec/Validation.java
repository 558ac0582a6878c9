package io.lightstream.codec;

/**
 * How much of what a source claims is checked before user code can follow it.
 *
 * <p>The structure of every message is always checked: lengths, counts, buffer ranges and alignment, whatever is chosen
 * here. That costs time in proportion to the number of buffers.
 */
public enum Validation {
    /**
     * Only the structure. For trusted peers and for mapped files, where a look at every value would touch every page. What a
     * hostile producer wrote may then be read as wrong values, but no memory outside of the batch: getters by row, text,
     * comparisons, writers and the bridges of this library check each value that they follow, and throw {@link
     * InvalidValueException} where it leads outside. So may reading, where a delta is appended to a dictionary. Writers pass
     * on what they have no need to follow. Bulk views show offsets and indices as they are: check them before you use them.
     */
    STRUCTURE,
    /**
     * Everything that could lead a reader out of bounds as well, in bulk: offsets, list views, view buffers, union type ids,
     * run ends and dictionary indices. The default for network and file input.
     */
    FULL,
    /**
     * {@link #FULL}, and what misleads no reader of this library but may mislead others: every text value is well-formed
     * UTF-8, null counts are those of the bitmaps, views carry the first bytes of their values and are padded with zeros, and
     * the offsets of dense unions are in order.
     */
    FULL_UTF8
}
