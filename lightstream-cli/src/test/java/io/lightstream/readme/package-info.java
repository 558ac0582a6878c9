/** The examples of the README, compiled and run. */
@NullMarked
package io.lightstream.readme;

import org.jspecify.annotations.NullMarked;
