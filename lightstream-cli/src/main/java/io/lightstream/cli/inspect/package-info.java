/**
 * What {@code lightstream inspect} tells of Arrow data: the schema and where each message lies, from metadata alone. An {@link
 * io.lightstream.cli.inspect.Inspector} makes an {@link io.lightstream.cli.inspect.Inspection}, which a {@link
 * io.lightstream.cli.inspect.Report} prints for people or programs.
 */
@NullMarked
package io.lightstream.cli.inspect;

import org.jspecify.annotations.NullMarked;
