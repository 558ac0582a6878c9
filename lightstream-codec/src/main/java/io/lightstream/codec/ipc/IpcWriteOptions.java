package io.lightstream.codec.ipc;

import io.lightstream.codec.frame.GatheringOutputOptions;
import java.util.Objects;

/**
 * How a stream or file is written. Immutable; start from {@link #defaults()}.
 *
 * @param sink name of the sink in messages, such as {@code tcp://host:9000} or a path
 * @param compression of the bodies
 * @param dictionaryDeltas whether a stream sends only what was added to a dictionary that grew at its end, instead of all of
 *     it again. Off at first: polars, nanoarrow and what stands on them understand a replaced dictionary but no delta. Files
 *     write deltas in any case
 * @param fileDictionaries what a file does where a dictionary changes otherwise
 * @param wholeDictionaries whether a file writes dictionaries that grew once more as a whole at its end, for readers that do
 *     not apply deltas; see {@link IpcFileWriter}. On at first; without it nothing has to be kept in memory for that
 * @param stagingBytes size of the buffer in which small messages are collected, in bytes
 */
public record IpcWriteOptions(
        String sink,
        Compression compression,
        boolean dictionaryDeltas,
        DictionaryPolicy fileDictionaries,
        boolean wholeDictionaries,
        int stagingBytes) {
    private static final IpcWriteOptions DEFAULTS = new IpcWriteOptions(
            "stream",
            Compression.NONE,
            false,
            DictionaryPolicy.UNIFY,
            true,
            GatheringOutputOptions.defaults().stagingBytes());

    public IpcWriteOptions {
        Objects.requireNonNull(sink, "sink");
        Objects.requireNonNull(compression, "compression");
        Objects.requireNonNull(fileDictionaries, "fileDictionaries");
        if (stagingBytes < 1) {
            throw new IllegalArgumentException("stagingBytes: expected at least 1, found " + stagingBytes);
        }
    }

    /** No compression, no deltas in streams, unified dictionaries in files, some 256 KB of staging. */
    public static IpcWriteOptions defaults() {
        return DEFAULTS;
    }

    /** These options with another name of the sink. */
    public IpcWriteOptions withSink(String newSink) {
        return new IpcWriteOptions(
                newSink, compression, dictionaryDeltas, fileDictionaries, wholeDictionaries, stagingBytes);
    }

    /** These options with another compression. */
    public IpcWriteOptions withCompression(Compression newCompression) {
        return new IpcWriteOptions(
                sink, newCompression, dictionaryDeltas, fileDictionaries, wholeDictionaries, stagingBytes);
    }

    /** These options with or without deltas in streams. */
    public IpcWriteOptions withDictionaryDeltas(boolean allowed) {
        return new IpcWriteOptions(sink, compression, allowed, fileDictionaries, wholeDictionaries, stagingBytes);
    }

    /** These options with another policy for dictionaries that change within a file. */
    public IpcWriteOptions withFileDictionaries(DictionaryPolicy policy) {
        return new IpcWriteOptions(sink, compression, dictionaryDeltas, policy, wholeDictionaries, stagingBytes);
    }

    /** These options with or without whole dictionaries at the end of a file. */
    public IpcWriteOptions withWholeDictionaries(boolean atEnd) {
        return new IpcWriteOptions(sink, compression, dictionaryDeltas, fileDictionaries, atEnd, stagingBytes);
    }

    /** These options with another size of the buffer in which small messages are collected. */
    public IpcWriteOptions withStagingBytes(int bytes) {
        return new IpcWriteOptions(sink, compression, dictionaryDeltas, fileDictionaries, wholeDictionaries, bytes);
    }
}
