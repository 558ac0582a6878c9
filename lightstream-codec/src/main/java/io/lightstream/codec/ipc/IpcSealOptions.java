package io.lightstream.codec.ipc;

import java.util.Objects;
import java.util.Optional;

/**
 * How a stream becomes a file. Immutable; start from {@link #defaults()}.
 *
 * @param reading how the stream is read; with all columns for all of it
 * @param compression of the file; where absent, that of the stream (zstd at level 1)
 * @param dictionaries what to do where the stream replaces a dictionary, which a file cannot
 * @param cutsTornEnd whether a stream whose writer was killed is sealed without the message that is not whole; it is an error
 *     otherwise
 */
public record IpcSealOptions(
        IpcReadOptions reading, Optional<Compression> compression, DictionaryPolicy dictionaries, boolean cutsTornEnd) {
    private static final IpcSealOptions DEFAULTS =
            new IpcSealOptions(IpcReadOptions.defaults(), Optional.empty(), DictionaryPolicy.UNIFY, false);

    public IpcSealOptions {
        Objects.requireNonNull(reading, "reading");
        Objects.requireNonNull(compression, "compression");
        Objects.requireNonNull(dictionaries, "dictionaries");
    }

    /** The default options of reading, the stream's compression, unified dictionaries; a torn end is an error. */
    public static IpcSealOptions defaults() {
        return DEFAULTS;
    }

    /** These options with other ones of reading. */
    public IpcSealOptions withReading(IpcReadOptions options) {
        return new IpcSealOptions(options, compression, dictionaries, cutsTornEnd);
    }

    /** These options with a compression of the file's own. */
    public IpcSealOptions withCompression(Compression ofFile) {
        return new IpcSealOptions(reading, Optional.of(ofFile), dictionaries, cutsTornEnd);
    }

    /** These options with another policy for dictionaries that the stream replaces. */
    public IpcSealOptions withDictionaries(DictionaryPolicy policy) {
        return new IpcSealOptions(reading, compression, policy, cutsTornEnd);
    }

    /** These options with or without leave to drop a message that is not whole. */
    public IpcSealOptions withCutsTornEnd(boolean allowed) {
        return new IpcSealOptions(reading, compression, dictionaries, allowed);
    }
}
