/**
 * Arrow's integration-test JSON: record batches as text, for tests, for eyes and as an oracle (arrow.apache.org,
 * "Integration Testing").
 *
 * <p>It spells out buffers, not rows: {@code {"schema": …, "dictionaries": […], "batches": […]}}. Start at {@link
 * io.lightstream.formats.json.JsonFormat}.
 */
@NullMarked
package io.lightstream.formats.json;

import org.jspecify.annotations.NullMarked;
