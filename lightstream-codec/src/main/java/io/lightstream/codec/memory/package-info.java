/**
 * Native memory: where the bytes of record batches live and who owns them.
 *
 * <ul>
 *   <li>{@link io.lightstream.codec.memory.LightstreamMemory}: an Arrow allocator whose blocks start on 64-byte boundaries
 *       and are recycled instead of being returned to the operating system.
 *   <li>{@link io.lightstream.codec.memory.NativeMemory}: buffers over addresses and raw access; the only public door to
 *       memory that has no Java object.
 *   <li>{@link io.lightstream.codec.memory.ForeignBuffers}: Arrow buffers over memory that no Arrow allocator made.
 *   <li>{@link io.lightstream.codec.memory.BatchMemory}: the counted owner of everything one record batch points into.
 *   <li>{@link io.lightstream.codec.memory.ReusedMemory}: the same block for one borrowed batch after another.
 *   <li>{@link io.lightstream.codec.memory.StagingBuffer}: what a reader or writer works in, freed with it.
 * </ul>
 *
 * <p>Nothing here needs a JVM flag on Java 17 to 25.
 */
@NullMarked
package io.lightstream.codec.memory;

import org.jspecify.annotations.NullMarked;
