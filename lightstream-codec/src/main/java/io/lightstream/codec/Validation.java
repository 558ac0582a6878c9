package io.lightstream.codec;

/**
 * How much of what a source claims is checked before user code can follow it.
 *
 * <p>The structure of every message is always checked: lengths, counts, buffer ranges and alignment, whatever is chosen
 * here. That costs time in proportion to the number of buffers.
 */
public enum Validation {
    /**
     * Only the structure. For trusted peers and for mapped files, where a look at every value would touch every page. With a
     * hostile producer, getters may then read wrong values or throw, and memory outside of the batch may be read: by getters of
     * text, lists, views, unions and dictionaries, and while reading where a delta is appended to a dictionary. Getters of
     * fixed-width values stay inside.
     */
    STRUCTURE,
    /**
     * Everything that could lead a reader out of bounds as well, in bulk: offsets, list views, view buffers, union type ids,
     * run ends and dictionary indices. The default for network and file input.
     */
    FULL,
    /** {@link #FULL}, and every text value is checked to be well-formed UTF-8. */
    FULL_UTF8
}
