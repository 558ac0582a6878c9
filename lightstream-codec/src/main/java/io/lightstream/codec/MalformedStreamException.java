package io.lightstream.codec;

import org.jspecify.annotations.Nullable;

/** The bytes do not follow the format they are read as. {@link #position()} says where the first wrong one lies. */
public class MalformedStreamException extends LightstreamException {
    private static final long serialVersionUID = 1L;

    /**
     * Malformed input described by one sentence.
     *
     * @param source the name of the source, such as {@code tcp://host:9000} or a path
     * @param position the byte offset from the start of the source, or {@link #UNKNOWN_POSITION}
     * @param problem what is wrong
     */
    public MalformedStreamException(String source, long position, String problem) {
        super(source, position, problem);
    }

    /**
     * Malformed input described by one sentence, with its cause.
     *
     * @param source the name of the source, such as {@code tcp://host:9000} or a path
     * @param position the byte offset from the start of the source, or {@link #UNKNOWN_POSITION}
     * @param problem what is wrong
     * @param cause what led to it, or null
     */
    public MalformedStreamException(String source, long position, String problem, @Nullable Throwable cause) {
        super(source, position, problem, cause);
    }

    /**
     * Malformed input described by what was expected and what was found.
     *
     * @param source the name of the source, such as {@code tcp://host:9000} or a path
     * @param position the byte offset from the start of the source, or {@link #UNKNOWN_POSITION}
     * @param what the thing that is wrong, such as {@code metadata length}
     * @param expected what would have been right, such as {@code 8..16777216}
     * @param found what was there instead
     */
    public MalformedStreamException(String source, long position, String what, Object expected, Object found) {
        super(source, position, what, expected, found);
    }
}
