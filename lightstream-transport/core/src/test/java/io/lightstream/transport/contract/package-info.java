/**
 * What every transport must do, as tests that it inherits: extend {@link
 * io.lightstream.transport.contract.TransportContract} and say what to listen on.
 */
@NullMarked
package io.lightstream.transport.contract;

import org.jspecify.annotations.NullMarked;
