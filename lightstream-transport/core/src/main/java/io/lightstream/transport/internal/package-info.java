/**
 * What the transports over sockets of the JDK have in common: blocking input and output with time-outs. Not for use
 * outside of Lightstream; it may change at any time.
 */
@NullMarked
package io.lightstream.transport.internal;

import org.jspecify.annotations.NullMarked;
