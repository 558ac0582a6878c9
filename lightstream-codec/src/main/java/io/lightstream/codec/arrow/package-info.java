/**
 * Bridges to Arrow Java, without copying where the layouts agree: {@link io.lightstream.codec.arrow.ArrowBatches#borrow} shows
 * a {@code VectorSchemaRoot} as a record batch, {@link io.lightstream.codec.arrow.ArrowBatches#toRoot} the other way, {@link
 * io.lightstream.codec.arrow.ArrowBatches#reader} gives a {@link io.lightstream.codec.BatchReader} to whatever takes an {@code
 * ArrowReader}: the C data interface, DuckDB, Spark.
 *
 * <p>Nothing here calls those methods of Arrow Java that need JVM flags. Its artifact {@code arrow-c-data} calls them by itself, so
 * that whoever exports to C runs with {@code --add-opens=java.base/java.nio=ALL-UNNAMED}.
 */
@NullMarked
package io.lightstream.codec.arrow;

import org.jspecify.annotations.NullMarked;
