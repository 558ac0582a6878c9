/** Unix domain sockets over channels of the JDK: {@code unix:///path}. */
@NullMarked
package io.lightstream.transport.unix;

import org.jspecify.annotations.NullMarked;
