/**
 * Transports: how chunks of bytes get from one process to another.
 */
@NullMarked
package io.lightstream.transport;

import org.jspecify.annotations.NullMarked;
