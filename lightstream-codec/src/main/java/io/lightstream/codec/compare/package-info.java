/**
 * Compares what two sources say, not how they say it: schemas, batches and logical values.
 *
 * <p>Schemas are compared as they are: {@code utf8} and {@code utf8_view}, or text and text behind a dictionary, are different
 * types. Of two columns of one type only the logical values count, so it does not matter where values lie and what their offsets,
 * views, run ends and indices are, in which order a dictionary has its values, what lies below a null, or which NaN a NaN is.
 * Floats are otherwise compared by their bits: 0.0 is not -0.0.
 */
@NullMarked
package io.lightstream.codec.compare;

import org.jspecify.annotations.NullMarked;
