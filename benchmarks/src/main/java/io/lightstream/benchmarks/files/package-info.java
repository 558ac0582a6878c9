/**
 * The Arrow files of {@code benchmarks/compare mmap}: what is in them, and the program that writes them. {@link
 * io.lightstream.benchmarks.files.DataFile} knows the values by formula, so that sums can be checked without reading.
 */
@NullMarked
package io.lightstream.benchmarks.files;

import org.jspecify.annotations.NullMarked;
