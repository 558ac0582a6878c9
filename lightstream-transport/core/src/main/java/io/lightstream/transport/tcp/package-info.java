/** TCP over channels of the JDK: {@code tcp://host:port}. */
@NullMarked
package io.lightstream.transport.tcp;

import org.jspecify.annotations.NullMarked;
