/** Standard input and output as a connection to whoever started this process: {@code stdio:}. */
@NullMarked
package io.lightstream.transport.stdio;

import org.jspecify.annotations.NullMarked;
