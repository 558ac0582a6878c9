package io.lightstream.cli.inspect;

import io.lightstream.codec.schema.Schema;
import java.util.List;
import java.util.Map;

/**
 * What was found out.
 *
 * @param source as the user named it
 * @param format {@code arrow} or {@code arrows}
 * @param byteOrder {@code little} or {@code big}
 * @param bytes of the file, or of the stream to its end
 * @param schema of the record batches
 * @param metadata custom metadata of the file's footer
 * @param messages in the order of their positions
 */
public record Inspection(
        String source,
        String format,
        String byteOrder,
        long bytes,
        Schema schema,
        Map<String, String> metadata,
        List<MessageInfo> messages) {
    /** Number of record batches. */
    long batches() {
        return messages.stream().filter(MessageInfo::isRecordBatch).count();
    }

    /** Rows of all record batches. */
    long rows() {
        return messages.stream()
                .filter(MessageInfo::isRecordBatch)
                .mapToLong(message -> message.rows().orElse(0))
                .sum();
    }
}
