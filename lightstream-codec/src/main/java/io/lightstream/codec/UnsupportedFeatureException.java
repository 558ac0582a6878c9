package io.lightstream.codec;

import org.jspecify.annotations.Nullable;

/** The input is well formed, but uses something that Lightstream does not support. The message names it. */
public final class UnsupportedFeatureException extends LightstreamException {
    private static final long serialVersionUID = 1L;

    /**
     * An unsupported feature described by one sentence.
     *
     * @param source the name of the source, such as {@code tcp://host:9000} or a path
     * @param position the byte offset from the start of the source, or {@link #UNKNOWN_POSITION}
     * @param problem what is not supported
     */
    public UnsupportedFeatureException(String source, long position, String problem) {
        super(source, position, problem);
    }

    /**
     * An unsupported feature described by one sentence, with its cause.
     *
     * @param source the name of the source, such as {@code tcp://host:9000} or a path
     * @param position the byte offset from the start of the source, or {@link #UNKNOWN_POSITION}
     * @param problem what is not supported
     * @param cause what led to it, such as a missing optional library, or null
     */
    public UnsupportedFeatureException(String source, long position, String problem, @Nullable Throwable cause) {
        super(source, position, problem, cause);
    }

    /**
     * An unsupported feature described by what was expected and what was found.
     *
     * @param source the name of the source, such as {@code tcp://host:9000} or a path
     * @param position the byte offset from the start of the source, or {@link #UNKNOWN_POSITION}
     * @param what the feature, such as {@code metadata version}
     * @param expected what is supported, such as {@code V4 or V5}
     * @param found what was there instead
     */
    public UnsupportedFeatureException(String source, long position, String what, Object expected, Object found) {
        super(source, position, what, expected, found);
    }
}
