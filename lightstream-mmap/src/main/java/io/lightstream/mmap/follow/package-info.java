/**
 * Arrow streams in files that grow: {@link io.lightstream.mmap.follow.FollowedStream} hands out the batches of a file while
 * another process appends to it, complete ones only, and tells when the file is not the same any more.
 */
@NullMarked
package io.lightstream.mmap.follow;

import org.jspecify.annotations.NullMarked;
