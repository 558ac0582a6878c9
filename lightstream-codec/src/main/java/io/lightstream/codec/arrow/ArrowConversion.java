package io.lightstream.codec.arrow;

/** What to do with types that Arrow Java has no vector for: {@code decimal32} and {@code decimal64}. */
public enum ArrowConversion {
    /** They are an {@link io.lightstream.codec.UnsupportedFeatureException}. */
    EXACT,
    /** They become {@code decimal128} of the same precision and scale; their values are copied. */
    WIDEN
}
