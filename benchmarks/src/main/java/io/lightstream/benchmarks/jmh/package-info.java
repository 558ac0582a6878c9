/**
 * Microbenchmarks: what a received batch costs the heap, how fast builders append, how fast columns are read. Run by {@code
 * benchmarks/jmh}.
 */
@NullMarked
package io.lightstream.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
