package io.lightstream.codec.memory;

import java.nio.Buffer;
import java.nio.ByteBuffer;

/** A mapped part of a file, and the NIO views of it, none of which may reach the memory once it is unmapped. */
interface MappedRange {
    /** Where it begins. */
    long address();

    /** A read-only little-endian view of {@code length} bytes, at most {@link NativeMemory#LONGEST_VIEW}. */
    ByteBuffer view(long offset, long length);

    /** To be called with each view before it is handed out, in the type that is. */
    void handOut(Buffer view);

    /** Ends the mapping, and with it the use of all views that were handed out. Called once. */
    void unmap();
}
