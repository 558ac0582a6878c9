package io.lightstream.codec.ipc;

import io.lightstream.codec.Column;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.internal.encode.IndexMaps;
import java.util.List;

/** As files have it: dictionaries only grow, so the indices into a different one have to be translated, or it is an error. */
final class FileDictionaryChange implements DictionaryChange {
    private static final long NOT_KNOWN = -1;

    private final String sink;
    private final DictionaryPolicy policy;
    private final boolean keepsPieces;

    FileDictionaryChange(IpcWriteOptions options) {
        this.sink = options.sink();
        this.policy = options.fileDictionaries();
        this.keepsPieces = options.wholeDictionaries();
    }

    @Override
    public boolean keepsPieces() {
        return keepsPieces;
    }

    @Override
    public List<DictionaryUpdate> decide(
            long id, KnownDictionary before, Column values, boolean grown, List<Runnable> apply)
            throws UnsupportedFeatureException {
        if (grown && before.indexMap == IndexMaps.UNCHANGED) {
            return append(id, before, values, before.writtenValues, IndexMaps.UNCHANGED, apply);
        }
        if (policy == DictionaryPolicy.ERROR) {
            throw unsupported("dictionary " + id + " has changed other than by growing, which a file cannot say");
        }
        return UnifiedValues.canHold(values) ? unify(id, before, values, apply) : addAll(id, before, values, apply);
    }

    /** Writes the values from {@code from} on. */
    private List<DictionaryUpdate> append(
            long id, KnownDictionary before, Column values, long from, long[] indexMap, List<Runnable> apply)
            throws UnsupportedFeatureException {
        long added = values.length() - from;
        requireCapacity(id, before, added);
        apply.add(() -> {
            if (before.unified != null) {
                before.unified.add(values, from, added, before.writtenValues);
            }
            before.writtenValues += added;
            before.indexMap = indexMap;
        });
        return List.of(new DictionaryUpdate(id, values.slice(from, added), true));
    }

    private List<DictionaryUpdate> addAll(long id, KnownDictionary before, Column values, List<Runnable> apply)
            throws UnsupportedFeatureException {
        long[] indexMap = new long[mappable(id, values)];
        for (int i = 0; i < indexMap.length; i++) {
            indexMap[i] = before.writtenValues + i;
        }
        return append(id, before, values, 0, indexMap, apply);
    }

    /** Writes the rows from the first value that is not known to the last one; between them some may be written again. */
    private List<DictionaryUpdate> unify(long id, KnownDictionary before, Column values, List<Runnable> apply)
            throws UnsupportedFeatureException {
        UnifiedValues unified = unified(id, before);
        int rows = mappable(id, values);
        long[] indexMap = new long[rows];
        int first = rows;
        int end = 0;
        for (int row = 0; row < rows; row++) {
            indexMap[row] = unified.find(values, row);
            if (indexMap[row] == NOT_KNOWN) {
                first = Math.min(first, row);
                end = row + 1;
            }
        }
        if (end == 0) {
            apply.add(() -> before.indexMap = indexMap);
            return List.of();
        }
        for (int row = first; row < end; row++) {
            indexMap[row] = indexMap[row] == NOT_KNOWN ? before.writtenValues + row - first : indexMap[row];
        }
        return append(id, before, values.slice(0, end), first, indexMap, apply);
    }

    private UnifiedValues unified(long id, KnownDictionary before) throws UnsupportedFeatureException {
        UnifiedValues unified = before.unified;
        if (unified == null) {
            Column written = before.content
                    .orElseThrow(() -> unsupported("dictionary " + id + " has changed and is too large to be unified"))
                    .column(before.last.field());
            unified = new UnifiedValues();
            unified.add(written, 0, written.length(), 0);
            before.unified = unified;
        }
        return unified;
    }

    private int mappable(long id, Column values) throws UnsupportedFeatureException {
        if (values.length() > Integer.MAX_VALUE) {
            throw unsupported("dictionary " + id + " has changed and is too large to be unified");
        }
        return (int) values.length();
    }

    private void requireCapacity(long id, KnownDictionary before, long added) throws UnsupportedFeatureException {
        if (added > before.capacity - before.writtenValues) {
            throw unsupported("dictionary " + id + " grows to " + (before.writtenValues + added)
                    + " values, but its types have room for only " + before.capacity);
        }
    }

    private UnsupportedFeatureException unsupported(String problem) {
        return new UnsupportedFeatureException(sink, LightstreamException.UNKNOWN_POSITION, problem);
    }
}
