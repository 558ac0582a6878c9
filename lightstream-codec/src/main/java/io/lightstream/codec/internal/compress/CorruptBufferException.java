package io.lightstream.codec.internal.compress;

/** A compressed buffer does not decode to what was announced. Whoever knows source and position turns it into a declared error. */
public final class CorruptBufferException extends Exception {
    private static final long serialVersionUID = 1L;

    CorruptBufferException(String problem) {
        super(problem);
    }

    CorruptBufferException(String what, Object expected, Object found) {
        this(what + ": expected " + expected + ", found " + found);
    }
}
