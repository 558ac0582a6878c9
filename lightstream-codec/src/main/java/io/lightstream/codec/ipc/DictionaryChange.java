package io.lightstream.codec.ipc;

import io.lightstream.codec.Column;
import io.lightstream.codec.UnsupportedFeatureException;
import java.util.List;

/** Decides what to write where a dictionary is not the one of before. */
interface DictionaryChange {
    /**
     * Decides for one dictionary.
     *
     * @param grown whether the values begin with all those of before
     * @param apply takes what is to be remembered; nothing else may change, because another dictionary of the batch may fail
     * @return what is to be written
     */
    List<DictionaryUpdate> decide(long id, KnownDictionary before, Column values, boolean grown, List<Runnable> apply)
            throws UnsupportedFeatureException;

    /** Whether everything that was written is to be remembered. */
    default boolean keepsPieces() {
        return false;
    }

    /** As streams have it: replaced as a whole, or by what was added. */
    static DictionaryChange ofStream(boolean deltas) {
        return (id, before, values, grown, apply) -> {
            if (grown && deltas) {
                long known = before.last.length();
                return List.of(new DictionaryUpdate(id, values.slice(known, values.length() - known), true));
            }
            return List.of(new DictionaryUpdate(id, values, false));
        };
    }
}
