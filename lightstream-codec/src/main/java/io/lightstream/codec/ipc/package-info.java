/**
 * Arrow IPC (arrow.apache.org/docs/format/Columnar.html, "Serialization and Interprocess Communication"): streams, files and
 * single messages, read and written.
 *
 * <p>{@link io.lightstream.codec.ipc.IpcStreamReader} and {@link io.lightstream.codec.ipc.IpcFileReader} give record batches;
 * {@link io.lightstream.codec.ipc.IpcStreamDecoder} is the state machine below, for drivers of one's own.
 */
@NullMarked
package io.lightstream.codec.ipc;

import org.jspecify.annotations.NullMarked;
