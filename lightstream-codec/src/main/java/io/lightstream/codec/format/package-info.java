/**
 * File formats by name and by the looks of a file, so that "open this" needs no format in the program: {@link
 * io.lightstream.codec.format.BatchFormat} is what a format supplies, {@link io.lightstream.codec.format.BatchFormats}
 * finds them. The Arrow file and stream formats are here; others come with artifacts of their own.
 */
@NullMarked
package io.lightstream.codec.format;

import org.jspecify.annotations.NullMarked;
