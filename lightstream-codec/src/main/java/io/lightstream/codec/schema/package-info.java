/**
 * What a stream or file is made of: {@link io.lightstream.codec.schema.Schema schemas}, {@link
 * io.lightstream.codec.schema.Field fields} and {@link io.lightstream.codec.schema.DataType data types}.
 *
 * <p>Plain immutable descriptors of Lightstream's own. Arrow Java's schema classes load Jackson on first use, which is most
 * of the cost of a cold start, and they cannot say every type of the format.
 */
@NullMarked
package io.lightstream.codec.schema;

import org.jspecify.annotations.NullMarked;
