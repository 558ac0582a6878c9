/**
 * Microbenchmarks.
 */
@NullMarked
package io.lightstream.benchmarks;

import org.jspecify.annotations.NullMarked;
