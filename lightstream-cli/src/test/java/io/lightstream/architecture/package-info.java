/** The rules that hold across modules: what may use what, and what a user of the library is never asked to do. */
@NullMarked
package io.lightstream.architecture;

import org.jspecify.annotations.NullMarked;
