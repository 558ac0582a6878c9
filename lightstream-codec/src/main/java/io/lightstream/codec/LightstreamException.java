package io.lightstream.codec;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything Lightstream declares about the bytes it was given: they are malformed, cut off, over a limit,
 * or use something that is not supported.
 *
 * <p>The message always reads <code>[source @position] what: expected X, found Y</code>, for example {@code
 * [tcp://host:9000 @4096] metadata length: expected 8..16777216, found -16}, so that one line of a log is enough to
 * find the bytes. The position is left out where it is not known. Errors of the operating system (a refused connection,
 * a full disk) stay the plain {@link IOException} they were.
 *
 * <p>An error of this family is terminal for the stream it names; everything the stream held has been released.
 */
public class LightstreamException extends IOException {
    /** The {@link #position()} of an error that belongs to no byte in particular. */
    public static final long UNKNOWN_POSITION = -1;

    private static final long serialVersionUID = 1L;

    /** Name of the source, as the user would write it. */
    private final String source;

    /** Byte offset from the start of the source, or {@link #UNKNOWN_POSITION}. */
    private final long position;

    /**
     * An error described by one sentence.
     *
     * @param source the name of the source, such as {@code tcp://host:9000} or a path
     * @param position the byte offset from the start of the source, or {@link #UNKNOWN_POSITION}
     * @param problem what is wrong
     */
    public LightstreamException(String source, long position, String problem) {
        // Without a cause, not with none: that would refuse one that is found later.
        super(located(source, position, problem));
        this.source = source;
        this.position = position;
    }

    /**
     * An error described by one sentence, with its cause.
     *
     * @param source the name of the source, such as {@code tcp://host:9000} or a path
     * @param position the byte offset from the start of the source, or {@link #UNKNOWN_POSITION}
     * @param problem what is wrong
     * @param cause what led to it, or null
     */
    @SuppressWarnings("this-escape") // initCause of Throwable
    public LightstreamException(String source, long position, String problem, @Nullable Throwable cause) {
        super(located(source, position, problem));
        this.source = source;
        this.position = position;
        if (cause != null) {
            // Given to the superclass, even null would be final, and a cause that is known later could not be set.
            initCause(cause);
        }
    }

    /**
     * An error described by what was expected and what was found.
     *
     * @param source the name of the source, such as {@code tcp://host:9000} or a path
     * @param position the byte offset from the start of the source, or {@link #UNKNOWN_POSITION}
     * @param what the thing that is wrong, such as {@code metadata length}
     * @param expected what would have been right, such as {@code 8..16777216}
     * @param found what was there instead
     */
    public LightstreamException(String source, long position, String what, Object expected, Object found) {
        this(source, position, difference(what, expected, found));
    }

    /**
     * Returns the name of the source, such as {@code tcp://host:9000} or a path.
     *
     * @return the name; empty if the error belongs to no source
     */
    public final String source() {
        return source;
    }

    /**
     * Returns where in the source the error was found.
     *
     * @return the byte offset from the start of the source, or {@link #UNKNOWN_POSITION}
     */
    public final long position() {
        return position;
    }

    /** Says what was expected and what was found, in the words all messages of the family use. */
    static String difference(String what, Object expected, Object found) {
        return what + ": expected " + expected + ", found " + found;
    }

    private static String located(String source, long position, String problem) {
        if (source.isEmpty()) {
            return position < 0 ? problem : "[@" + position + "] " + problem;
        }
        return position < 0 ? "[" + source + "] " + problem : "[" + source + " @" + position + "] " + problem;
    }
}
