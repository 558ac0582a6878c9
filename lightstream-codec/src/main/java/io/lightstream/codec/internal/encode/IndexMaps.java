package io.lightstream.codec.internal.encode;

/** Tells for each dictionary how the indices into it are to be translated. */
@FunctionalInterface
public interface IndexMaps {
    /** Says that indices stay as they are. */
    long[] UNCHANGED = {};

    /** Nothing is translated. */
    IndexMaps NONE = id -> UNCHANGED;

    /** The new index of each old one, or {@link #UNCHANGED}. */
    long[] of(long dictionaryId);
}
