/**
 * What readers of streams, files and mappings share: bytes at a position, the messages that stand there, the footer, and what a
 * stream has told so far. Not part of the public API.
 */
@NullMarked
package io.lightstream.codec.internal.input;

import org.jspecify.annotations.NullMarked;
