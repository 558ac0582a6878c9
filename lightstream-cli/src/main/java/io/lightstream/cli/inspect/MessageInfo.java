package io.lightstream.cli.inspect;

import java.util.Map;
import java.util.OptionalLong;

/**
 * One message, as its metadata describe it. Positions and lengths are in bytes.
 *
 * @param kind such as {@code record-batch}
 * @param position where its prefix begins
 * @param metadataBytes prefix, metadata and padding
 * @param bodyBytes of the body, padding included
 * @param alignment the largest power of two, at most 64, that all buffers of the body start at a multiple of; 0 where there
 *     are none
 * @param compression of the body
 * @param rows of a record batch or dictionary; empty for others
 * @param dictionary id; empty for others
 * @param isDelta whether a dictionary is appended to the one before
 * @param metadata custom metadata of the message
 */
record MessageInfo(
        String kind,
        long position,
        long metadataBytes,
        long bodyBytes,
        int alignment,
        String compression,
        OptionalLong rows,
        OptionalLong dictionary,
        boolean isDelta,
        Map<String, String> metadata) {
    static final String RECORD_BATCH = "record-batch";
    static final String END_OF_STREAM = "end-of-stream";
    static final String NOT_COMPRESSED = "none";

    /** A message without a body. */
    static MessageInfo bare(String kind, long position, long bytes, Map<String, String> metadata) {
        return new MessageInfo(
                kind,
                position,
                bytes,
                0,
                0,
                NOT_COMPRESSED,
                OptionalLong.empty(),
                OptionalLong.empty(),
                false,
                metadata);
    }

    /** Where the body begins. */
    long bodyPosition() {
        return position + metadataBytes;
    }

    /** Where the next message may begin. */
    long end() {
        return bodyPosition() + bodyBytes;
    }

    boolean isRecordBatch() {
        return kind.equals(RECORD_BATCH);
    }
}
