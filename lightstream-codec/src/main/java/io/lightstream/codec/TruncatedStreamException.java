package io.lightstream.codec;

/**
 * The input ended inside a frame, a message or a file. {@link #position()} is the offset of the end: the number of bytes
 * there were.
 */
public final class TruncatedStreamException extends MalformedStreamException {
    private static final long serialVersionUID = 1L;

    /**
     * Truncated input described by one sentence.
     *
     * @param source the name of the source, such as {@code tcp://host:9000} or a path
     * @param position the offset at which the input ended, or {@link #UNKNOWN_POSITION}
     * @param problem what is missing
     */
    public TruncatedStreamException(String source, long position, String problem) {
        super(source, position, problem);
    }

    /**
     * Truncated input described by what was expected and what was found.
     *
     * @param source the name of the source, such as {@code tcp://host:9000} or a path
     * @param position the offset at which the input ended, or {@link #UNKNOWN_POSITION}
     * @param what the thing that is cut off, such as {@code body}
     * @param expected what should have followed, such as {@code 64 more bytes}
     * @param found what there was, such as {@code end of stream}
     */
    public TruncatedStreamException(String source, long position, String what, Object expected, Object found) {
        super(source, position, what, expected, found);
    }
}
