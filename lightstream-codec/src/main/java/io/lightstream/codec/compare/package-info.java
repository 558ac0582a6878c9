/**
 * Compares what two sources say, not how they say it: schemas, batches and logical values.
 *
 * <p>Two columns are equal when a reader of their values could not tell them apart. So it does not matter how values are laid
 * out (offsets, views, runs, dictionaries), what lies below a null, or which NaN a NaN is. Floats are otherwise compared by
 * their bits: 0.0 is not -0.0.
 */
@NullMarked
package io.lightstream.codec.compare;

import org.jspecify.annotations.NullMarked;
