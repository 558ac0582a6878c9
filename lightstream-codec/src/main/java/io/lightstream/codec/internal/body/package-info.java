/**
 * Bodies of record batches: where each buffer lies in a message and where it goes, and what happens to the bytes on the way
 * ({@linkplain io.lightstream.codec.internal.compress decompression}, byte order, validation).
 *
 * <p>{@link io.lightstream.codec.internal.body.SchemaPlan} is made once a schema, {@link
 * io.lightstream.codec.internal.body.BatchLayout} and {@link io.lightstream.codec.internal.body.BodyPlan} once a batch.
 */
@NullMarked
package io.lightstream.codec.internal.body;

import org.jspecify.annotations.NullMarked;
