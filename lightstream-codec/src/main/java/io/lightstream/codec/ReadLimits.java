package io.lightstream.codec;

/**
 * Bounds on what a reader believes of its input. Every length read from outside is checked against the frame that contains
 * it and against these limits before memory is taken for it; more is a {@link LimitExceededException}.
 *
 * @param maxMetadataBytes metadata of one message, or the footer of a file without its blocks; no more than an array holds with
 *     the prefix of a message, whatever is given here
 * @param maxBodyBytes body of one message, as it is sent and, where it is compressed, as it is decompressed
 * @param maxDictionaryBytes all dictionaries that a stream or file keeps at one time
 * @param maxRows rows of one record batch or dictionary
 * @param maxFields fields of a schema, children included
 * @param maxNesting depth of nested fields; a top-level field has depth 1
 * @param maxBlocks record batches and dictionary batches listed by the footer of a file, in 24 bytes each
 */
public record ReadLimits(
        int maxMetadataBytes,
        long maxBodyBytes,
        long maxDictionaryBytes,
        long maxRows,
        int maxFields,
        int maxNesting,
        int maxBlocks) {
    private static final int MOST_METADATA_BYTES = Integer.MAX_VALUE - 64;

    private static final ReadLimits DEFAULTS =
            new ReadLimits(16 << 20, 16L << 30, 16L << 30, 1L << 40, 1 << 17, 64, 1 << 24);

    public ReadLimits {
        if (maxMetadataBytes < 8
                || maxBodyBytes < 0
                || maxDictionaryBytes < 0
                || maxRows < 0
                || maxFields < 0
                || maxNesting < 1
                || maxBlocks < 0) {
            throw new IllegalArgumentException("limits are counts: none may be negative");
        }
        maxMetadataBytes = Math.min(maxMetadataBytes, MOST_METADATA_BYTES);
    }

    /** 16 MiB of metadata, bodies and dictionaries of 16 GiB, 2^40 rows, 2^17 fields, 64 levels, 2^24 blocks. */
    public static ReadLimits defaults() {
        return DEFAULTS;
    }

    /** These limits with another one on metadata. */
    public ReadLimits withMaxMetadataBytes(int bytes) {
        return new ReadLimits(bytes, maxBodyBytes, maxDictionaryBytes, maxRows, maxFields, maxNesting, maxBlocks);
    }

    /** These limits with another one on message bodies. */
    public ReadLimits withMaxBodyBytes(long bytes) {
        return new ReadLimits(maxMetadataBytes, bytes, maxDictionaryBytes, maxRows, maxFields, maxNesting, maxBlocks);
    }

    /** These limits with another one on the dictionaries that are kept. */
    public ReadLimits withMaxDictionaryBytes(long bytes) {
        return new ReadLimits(maxMetadataBytes, maxBodyBytes, bytes, maxRows, maxFields, maxNesting, maxBlocks);
    }

    /** These limits with another one on the rows of a batch. */
    public ReadLimits withMaxRows(long rows) {
        return new ReadLimits(
                maxMetadataBytes, maxBodyBytes, maxDictionaryBytes, rows, maxFields, maxNesting, maxBlocks);
    }

    /** These limits with another one on the fields of a schema. */
    public ReadLimits withMaxFields(int fields) {
        return new ReadLimits(
                maxMetadataBytes, maxBodyBytes, maxDictionaryBytes, maxRows, fields, maxNesting, maxBlocks);
    }

    /** These limits with another one on the depth of nested fields. */
    public ReadLimits withMaxNesting(int depth) {
        return new ReadLimits(maxMetadataBytes, maxBodyBytes, maxDictionaryBytes, maxRows, maxFields, depth, maxBlocks);
    }

    /** These limits with another one on the blocks of a footer. */
    public ReadLimits withMaxBlocks(int blocks) {
        return new ReadLimits(
                maxMetadataBytes, maxBodyBytes, maxDictionaryBytes, maxRows, maxFields, maxNesting, blocks);
    }
}
