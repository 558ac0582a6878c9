/**
 * Bodies of record batches on the way out: which bytes of which column go where, computed ones without memory of
 * their own, large ones from where they lie.
 *
 * <p>{@link io.lightstream.codec.internal.encode.BodyPlanner} walks the columns and fills an {@link
 * io.lightstream.codec.internal.encode.OutgoingBody}; {@link io.lightstream.codec.internal.encode.BodyCompressor} may replace
 * its buffers; {@link io.lightstream.codec.internal.encode.OutgoingMessage} puts it on the output.
 */
@NullMarked
package io.lightstream.codec.internal.encode;

import org.jspecify.annotations.NullMarked;
