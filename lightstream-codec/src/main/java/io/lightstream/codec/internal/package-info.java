/** Shared by the packages below; not part of the public API, and free to change. */
@NullMarked
package io.lightstream.codec.internal;

import org.jspecify.annotations.NullMarked;
