package io.lightstream.codec.ipc;

import io.lightstream.codec.Column;
import io.lightstream.codec.internal.encode.BodyCopy;
import io.lightstream.codec.internal.encode.IndexMaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a dictionary that was written. The content is copied, because nobody promises that the memory of a
 * batch stays as it was after the batch was written.
 */
final class KnownDictionary {
    /** Column objects do not change: where it is the same one, there is nothing to compare. */
    Column last;

    /** Content of {@link #last}; empty where it is too large to be copied, or there is no memory: it counts as changed then. */
    Optional<BodyCopy> content;

    /** Translates the indices of {@link #last} to those of what was written. */
    long[] indexMap = IndexMaps.UNCHANGED;

    /** Everything that was written; only where dictionaries had to be unified. */
    @Nullable
    UnifiedValues unified;

    /** Number of values that readers know. */
    long writtenValues;

    /** Most values that the indices can tell apart. */
    final long capacity;

    /** What was written, piece by piece; only where it may be needed again. */
    final List<BodyCopy> pieces = new ArrayList<>();

    /** Whether readers find it in several pieces: a dictionary and deltas. */
    boolean inPieces;

    /** Whether {@link #pieces} are all. */
    boolean hasAllPieces = true;

    /** The last batch that uses {@link #last}. */
    long seenInBatch;

    KnownDictionary(Column first, Optional<BodyCopy> content, long capacity) {
        this.last = first;
        this.content = content;
        this.writtenValues = first.length();
        this.capacity = capacity;
    }

    void addPiece(Optional<BodyCopy> piece) {
        inPieces |= !pieces.isEmpty();
        piece.ifPresent(pieces::add);
        hasAllPieces &= piece.isPresent();
    }

    void use(Column values, Optional<BodyCopy> copy) {
        last = values;
        content = copy;
    }
}
