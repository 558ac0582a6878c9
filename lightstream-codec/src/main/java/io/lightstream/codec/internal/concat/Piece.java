package io.lightstream.codec.internal.concat;

/** A buffer that was made for a concatenated column. */
record Piece(long address, long length) {
    static final Piece NONE = new Piece(0, 0);
}
