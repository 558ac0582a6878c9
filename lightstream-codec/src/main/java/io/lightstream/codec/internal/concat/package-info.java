/** Puts columns behind each other in new memory: how a dictionary grows by a delta. */
@NullMarked
package io.lightstream.codec.internal.concat;

import org.jspecify.annotations.NullMarked;
