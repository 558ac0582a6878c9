/**
 * Arrow files mapped into memory: {@link io.lightstream.mmap.MappedArrowFile} opens one file of any producer, {@link
 * io.lightstream.mmap.MappedDataset} many as one. Nothing is read that is not touched, and nothing copied that can be used where
 * it lies. {@link io.lightstream.mmap.follow.FollowedStream} reads a file while another process appends to it.
 */
@NullMarked
package io.lightstream.mmap;

import org.jspecify.annotations.NullMarked;
