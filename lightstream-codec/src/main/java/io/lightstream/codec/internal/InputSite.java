package io.lightstream.codec.internal;

import io.lightstream.codec.LimitExceededException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.UnsupportedFeatureException;

/**
 * Where a decoder stands in its input, to make errors that say so.
 *
 * <p>Mutable, so that the hot path makes no object a message.
 */
public final class InputSite {
    private final String source;
    private long position;

    /** A site at the start of {@code source}. */
    public InputSite(String source) {
        this.source = source;
    }

    /** A site at {@code position} of {@code source}. */
    public InputSite(String source, long position) {
        this.source = source;
        this.position = position;
    }

    /** Name of the input. */
    public String source() {
        return source;
    }

    /** Byte offset that errors name. */
    public long position() {
        return position;
    }

    /** Moves to another byte offset. */
    public void moveTo(long newPosition) {
        position = newPosition;
    }

    /** The input contradicts its format. */
    public MalformedStreamException malformed(String what, Object expected, Object found) {
        return new MalformedStreamException(source, position, what, expected, found);
    }

    /** The input asks for more than a limit of {@link io.lightstream.codec.ReadLimits} allows. */
    public LimitExceededException over(String limitName, long limit, long requested) {
        return new LimitExceededException(source, position, limitName, limit, requested);
    }

    /** The input is well formed but uses what Lightstream does not read. */
    public UnsupportedFeatureException unsupported(String what, Object expected, Object found) {
        return new UnsupportedFeatureException(source, position, what, expected, found);
    }
}
