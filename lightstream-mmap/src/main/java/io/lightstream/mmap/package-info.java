/**
 * Arrow files of this machine: mapped into memory, and followed while another process appends to them.
 *
 * <p>Start at {@link io.lightstream.mmap.FollowedStream} for a file that grows.
 */
@NullMarked
package io.lightstream.mmap;

import org.jspecify.annotations.NullMarked;
