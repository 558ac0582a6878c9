/**
 * Frames: how a stream of bytes is cut into pieces and put together again, without doing any I/O.
 *
 * <p>A {@link io.lightstream.codec.frame.FrameDecoder} is a state machine. It looks at the bytes that have arrived and
 * answers with what it needs next: more bytes, the place a large payload belongs in, or a finished frame. Three drivers
 * can turn that machine: {@link io.lightstream.codec.frame.FrameReader} over a blocking channel, and, through {@link
 * io.lightstream.codec.frame.FrameAssembler}, anything that is handed chunks by an event loop. In the other direction a
 * {@link io.lightstream.codec.frame.FrameEncoder} writes to a {@link io.lightstream.codec.frame.FrameSink}, and {@link
 * io.lightstream.codec.frame.GatheringOutput} turns many small writes into few system calls and large ones into
 * gathering writes.
 *
 * <p>{@link io.lightstream.codec.frame.LengthPrefixedFrameDecoder} and {@link
 * io.lightstream.codec.frame.DelimiterFrameDecoder} are worked examples of the two usual kinds of framing.
 */
@NullMarked
package io.lightstream.codec.frame;

import org.jspecify.annotations.NullMarked;
