/**
 * Runs Lightstream and its peers alternately on equal work and prints what each reached.
 *
 * <p>Every contender is a program of its own, in whatever language, that speaks the small protocol of {@link
 * io.lightstream.benchmarks.compare.ContenderProcess}. This package starts them, warms them up, asks them for rounds
 * in turn, checks what they received and prints the medians. It knows nothing of Arrow.
 */
@NullMarked
package io.lightstream.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
