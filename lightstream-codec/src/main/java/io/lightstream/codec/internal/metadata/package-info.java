/**
 * The flatbuffers of Arrow IPC (Schema.fbs, Message.fbs, File.fbs): verified before anything in them is followed, then read
 * into plain descriptors.
 */
@NullMarked
package io.lightstream.codec.internal.metadata;

import org.jspecify.annotations.NullMarked;
