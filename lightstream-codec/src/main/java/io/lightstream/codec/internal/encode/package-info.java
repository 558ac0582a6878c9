/**
 * Bodies of record batches on the way out: which bytes of which column go where, computed ones without more memory than a
 * scratch buffer, all others from where they lie.
 *
 * <p>{@link io.lightstream.codec.internal.encode.BodyPlanner} walks the columns and fills an {@link
 * io.lightstream.codec.internal.encode.OutgoingBody}; {@link io.lightstream.codec.internal.encode.BodyCompressor} may replace
 * its buffers; {@link io.lightstream.codec.internal.encode.MessageOutput} writes it.
 */
@NullMarked
package io.lightstream.codec.internal.encode;

import org.jspecify.annotations.NullMarked;
