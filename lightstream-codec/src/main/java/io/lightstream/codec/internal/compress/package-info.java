/**
 * Compression of the buffers in a message body (Message.fbs, {@code BodyCompression}): LZ4 frames and zstd frames, both ways,
 * from address to address.
 *
 * <p>Arrow Java's own codecs stay out of this: they need JVM flags, and the pure Java LZ4 frame of its choice is slow.
 * Neither direction allocates memory for the data: the caller gives the target.
 */
@NullMarked
package io.lightstream.codec.internal.compress;

import org.jspecify.annotations.NullMarked;
