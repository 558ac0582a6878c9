/**
 * A table of trips as large as one likes, made rather than stored, and the same each time: what the demonstration streams and
 * benchmarks measure. Its columns have the types that real tables have.
 */
@NullMarked
package io.lightstream.cli.trips;

import org.jspecify.annotations.NullMarked;
