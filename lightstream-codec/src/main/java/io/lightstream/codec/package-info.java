/**
 * Record batches and where they come from and go to.
 *
 * <p>{@link io.lightstream.codec.BatchReader} and {@link io.lightstream.codec.BatchWriter} are the two nouns: a stream, a
 * file and a connection all give the one and take the other. Between them pass {@link io.lightstream.codec.RecordBatch
 * record batches}, views of Arrow memory whose {@link io.lightstream.codec.Column columns} hand out the bytes where they lie.
 *
 * <p>What comes from outside is bounded by {@link io.lightstream.codec.ReadLimits} and checked as {@link
 * io.lightstream.codec.Validation} says; everything wrong with it is a {@link io.lightstream.codec.LightstreamException}.
 */
@NullMarked
package io.lightstream.codec;

import org.jspecify.annotations.NullMarked;
