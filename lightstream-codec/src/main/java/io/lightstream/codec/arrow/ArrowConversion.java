package io.lightstream.codec.arrow;

/** What to do with what Arrow Java cannot hold as it is. */
public enum ArrowConversion {
    /**
     * The types {@code decimal32} and {@code decimal64}, for which there is no vector, are an {@link
     * io.lightstream.codec.UnsupportedFeatureException}. Schemas have the names as they are. Where children of one struct or union
     * share a name, Arrow Java's C data interface fails on such a schema, because it makes vectors of it by itself.
     */
    EXACT,
    /**
     * They become {@code decimal128} of the same precision and scale; their values are copied. Of children of one struct or union
     * that share a name, those behind the first are called {@code name#2} and so on.
     */
    WIDEN
}
