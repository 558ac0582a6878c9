/**
 * The command line.
 */
@NullMarked
package io.lightstream.cli;

import org.jspecify.annotations.NullMarked;
