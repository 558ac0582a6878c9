/**
 * Arrow's integration-test JSON.
 */
@NullMarked
package io.lightstream.formats.json;

import org.jspecify.annotations.NullMarked;
