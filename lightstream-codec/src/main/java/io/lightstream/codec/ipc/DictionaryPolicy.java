package io.lightstream.codec.ipc;

/**
 * What to do where a dictionary changes within a file. The file format knows no replacement of a dictionary, only deltas,
 * which add values at its end (Columnar.rst, "IPC File Format").
 *
 * <p>A dictionary that only grew is written under either policy; see {@link IpcFileWriter}.
 */
public enum DictionaryPolicy {
    /**
     * Indices are translated to one dictionary that grows by deltas: values that it does not have yet are added to it. Values
     * of nested types are not compared: they are added as a whole.
     */
    UNIFY,
    /** It is an {@link io.lightstream.codec.UnsupportedFeatureException}; nothing of the batch is written. */
    ERROR
}
