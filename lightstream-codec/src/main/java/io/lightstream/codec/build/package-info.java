/**
 * Builds record batches value by value: {@link io.lightstream.codec.build.BatchBuilder} for streams of batches, {@link
 * io.lightstream.codec.build.Columns} for batches in one line.
 *
 * <p>There is one {@link io.lightstream.codec.build.ColumnBuilder} class for each physical layout. Builders write straight
 * into 64-byte aligned memory of an Arrow allocator, double it when it is full, and hand it over to the finished batch
 * without copying.
 */
@NullMarked
package io.lightstream.codec.build;

import org.jspecify.annotations.NullMarked;
