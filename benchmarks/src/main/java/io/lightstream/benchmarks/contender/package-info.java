/**
 * Lightstream as a contender in {@code benchmarks/compare}: a program that sends, receives, encodes or decodes what it is
 * told to, through the public API and with its defaults, the way anyone would.
 */
@NullMarked
package io.lightstream.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
