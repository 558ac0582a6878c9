/**
 * Bodies of record batches: where each buffer lies in a message and where it goes, and what happens to the bytes on the way
 * ({@linkplain io.lightstream.codec.internal.compress decompression}, byte order, validation).
 *
 * <p>{@link io.lightstream.codec.internal.body.SchemaPlan} is made once a schema. {@link
 * io.lightstream.codec.internal.body.BatchLayout} and {@link io.lightstream.codec.internal.body.BodyPlan} are worked out once a
 * batch, in objects that belong to the decoder: what a batch keeps is one {@link io.lightstream.codec.internal.body.DecodedBody}
 * and one array of numbers.
 */
@NullMarked
package io.lightstream.codec.internal.body;

import org.jspecify.annotations.NullMarked;
