package io.lightstream.codec.ipc;

import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.InvalidValueException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.internal.concat.ColumnConcatenation;
import io.lightstream.codec.internal.encode.BodyCopy;
import io.lightstream.codec.internal.encode.BodyEquality;
import io.lightstream.codec.internal.encode.BodyPlanner;
import io.lightstream.codec.internal.encode.IndexMaps;
import io.lightstream.codec.internal.encode.OutgoingBody;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which dictionaries were written and tells which have to be written before a batch: by identity first, then by
 * content. What it decides takes effect at once, but only where it decides about all dictionaries of the batch.
 */
final class WrittenDictionaries implements IndexMaps {
    private final Map<Long, Long> capacities = new HashMap<>();
    private final DictionaryChange change;
    private final Map<Long, KnownDictionary> known = new HashMap<>();
    private final Map<Long, Column> unknown = new LinkedHashMap<>();
    private final BodyPlanner planner = BodyPlanner.toWrite(IndexMaps.NONE);
    private final OutgoingBody scratch = new OutgoingBody();
    private long batchNumber;

    WrittenDictionaries(Schema schema, DictionaryChange change) {
        collectCapacities(schema.fields(), capacities);
        this.change = change;
    }

    /**
     * Takes a dictionary for written that a file holds already.
     *
     * @param values are copied
     * @param inPieces whether the file has it in several pieces and is to get it as a whole
     */
    void startWith(long id, Column values, boolean inPieces) {
        KnownDictionary dictionary = first(id, values);
        dictionary.inPieces = inPieces;
        known.put(id, dictionary);
    }

    @Override
    public long[] of(long dictionaryId) {
        KnownDictionary dictionary = known.get(dictionaryId);
        return dictionary == null ? UNCHANGED : dictionary.indexMap;
    }

    /**
     * What has to be written before the batch, inner dictionaries first.
     *
     * @throws IllegalArgumentException where columns share a dictionary id but not the dictionary
     * @throws UnsupportedFeatureException where the change cannot be written; nothing has changed then
     */
    List<DictionaryUpdate> update(RecordBatch batch) throws UnsupportedFeatureException {
        if (capacities.isEmpty()) {
            return List.of();
        }
        batchNumber++;
        unknown.clear();
        for (int i = 0; i < batch.columnCount(); i++) {
            visit(batch.column(i));
        }
        return unknown.isEmpty() ? List.of() : decide();
    }

    /**
     * All values of a dictionary that was written in several pieces, as one.
     *
     * @return empty where there was one piece, or where they are not known any more: very large ones, and values that are
     *     indices into further dictionaries; also where nobody validated them and they cannot be put together, or together they
     *     outgrow the offsets of their type
     */
    Optional<DictionaryUpdate> whole(long id, BufferAllocator allocator) {
        KnownDictionary dictionary = known.get(id);
        if (dictionary == null || !dictionary.inPieces || !dictionary.hasAllPieces || dictionary.pieces.isEmpty()) {
            return Optional.empty();
        }
        Field field = dictionary.last.field();
        if (field.children().stream().anyMatch(WrittenDictionaries::hasDictionary)) {
            return Optional.empty();
        }
        List<Column> pieces =
                dictionary.pieces.stream().map(piece -> piece.column(field)).toList();
        try {
            return Optional.of(new DictionaryUpdate(id, ColumnConcatenation.concatenate(pieces, allocator), false));
        } catch (InvalidValueException | ArithmeticException e) {
            // The pieces are written already, as they were given: the file stays what it is.
            return Optional.empty();
        }
    }

    /** A dictionary as it is after {@link #update}, for who has none of what was written before. */
    DictionaryUpdate latest(long id) {
        KnownDictionary dictionary = known.get(id);
        if (dictionary == null) {
            throw new IllegalStateException("dictionary " + id + " was not written");
        }
        return new DictionaryUpdate(id, dictionary.last, false);
    }

    private static boolean hasDictionary(Field field) {
        return field.dictionary().isPresent() || field.children().stream().anyMatch(WrittenDictionaries::hasDictionary);
    }

    private void visit(Column column) {
        ColumnData data = column.data();
        @Nullable Column values = data.dictionary().orElse(null);
        if (values == null) {
            visitAll(data.children());
            return;
        }
        long id = data.field().dictionary().orElseThrow().id();
        KnownDictionary before = known.get(id);
        visitAll(values.data().children());
        // One that refers to a dictionary that is to be looked at may have to be written again with it.
        if (before != null && before.last == values && (unknown.isEmpty() || !refersTo(values, unknown.keySet()))) {
            before.seenInBatch = batchNumber;
            return;
        }
        Column other = unknown.putIfAbsent(id, values);
        if (other != null && other != values) {
            unknown.put(id, longer(id, other, values));
        }
    }

    private void visitAll(List<Column> columns) {
        for (int i = 0; i < columns.size(); i++) {
            visit(columns.get(i));
        }
    }

    /**
     * Of two versions of a dictionary the one that serves both: a dictionary that was not sent again may still refer to another
     * one as it was before that grew.
     */
    private Column longer(long id, Column one, Column other) {
        if (startsWith(one, other)) {
            return one;
        }
        if (!startsWith(other, one)) {
            throw conflict(id);
        }
        return other;
    }

    private boolean startsWith(Column values, Column first) {
        return first.length() <= values.length() && hasSameContent(first, values.slice(0, first.length()));
    }

    private static IllegalArgumentException conflict(long id) {
        return new IllegalArgumentException("columns with dictionary id " + id + " have different dictionaries");
    }

    private boolean hasSameContent(Column one, Column other) {
        // Without a copy: for a large one there may be no memory, and what is the same is no conflict.
        OutgoingBody second = new OutgoingBody();
        planner.plan(one, scratch);
        BodyPlanner.toWrite(IndexMaps.NONE).plan(other, second);
        return new BodyEquality().isSame(scratch, second);
    }

    private List<DictionaryUpdate> decide() throws UnsupportedFeatureException {
        List<DictionaryUpdate> updates = new ArrayList<>();
        List<Runnable> apply = new ArrayList<>();
        Set<Long> replaced = new HashSet<>();
        for (Map.Entry<Long, Column> entry : unknown.entrySet()) {
            long id = entry.getKey();
            Column values = entry.getValue();
            KnownDictionary before = known.get(id);
            if (before == null) {
                // Made at once, not when it is applied: values that nobody validated may be refused here.
                KnownDictionary first = first(id, values);
                updates.add(new DictionaryUpdate(id, values, false));
                apply.add(() -> known.put(id, first));
                continue;
            }
            boolean inherits = refersTo(values, replaced);
            if (!inherits && isSame(before, values)) {
                apply.add(() -> before.last = values);
                continue;
            }
            if (!inherits && isWithin(before, values)) {
                continue;
            }
            boolean grown = !inherits && hasGrown(before, values);
            if (before.seenInBatch == batchNumber && !grown) {
                throw conflict(id);
            }
            if (!grown) {
                replaced.add(id);
            }
            for (DictionaryUpdate update : change.decide(id, before, values, grown, apply)) {
                updates.add(update);
                if (change.keepsPieces()) {
                    Optional<BodyCopy> piece = copy(update.values());
                    apply.add(() -> before.addPiece(piece));
                }
            }
            Optional<BodyCopy> content = copy(values);
            apply.add(() -> before.use(values, content));
        }
        apply.forEach(Runnable::run);
        return updates;
    }

    private KnownDictionary first(long id, Column values) {
        Optional<BodyCopy> content = copy(values);
        KnownDictionary first = new KnownDictionary(values, content, capacities.getOrDefault(id, Long.MAX_VALUE));
        if (change.keepsPieces()) {
            first.addPiece(content);
        }
        return first;
    }

    private Optional<BodyCopy> copy(Column values) {
        planner.plan(values, scratch);
        return BodyCopy.of(scratch);
    }

    private boolean isSame(KnownDictionary before, Column values) {
        if (before.content.isEmpty() || before.content.get().rows() != values.length()) {
            return false;
        }
        planner.plan(values, scratch);
        return before.content.get().isSame(scratch);
    }

    /** Whether the values are the first ones of those known, so that their indices are right as they are. */
    private boolean isWithin(KnownDictionary before, Column values) {
        if (before.content.isEmpty() || before.content.get().rows() < values.length()) {
            return false;
        }
        return startsWith(before.content.get().column(values.field()), values);
    }

    private boolean hasGrown(KnownDictionary before, Column values) {
        if (before.content.isEmpty() || before.content.get().rows() >= values.length()) {
            return false;
        }
        planner.plan(values.slice(0, before.content.get().rows()), scratch);
        return before.content.get().isSame(scratch);
    }

    /** Whether the values hold, somewhere inside, indices into one of those dictionaries. */
    private static boolean refersTo(Column values, Set<Long> dictionaries) {
        for (Column child : values.data().children()) {
            boolean refers = child.field()
                    .dictionary()
                    .map(d -> dictionaries.contains(d.id()))
                    .orElse(false);
            if (refers || refersTo(child.data().dictionary().orElse(child), dictionaries)) {
                return true;
            }
        }
        return false;
    }

    /** How many values a dictionary may have, for the smallest index type that refers to it, and for its own run ends. */
    private static void collectCapacities(List<Field> fields, Map<Long, Long> capacities) {
        for (Field field : fields) {
            field.dictionary().ifPresent(d -> {
                capacities.merge(d.id(), capacity(d.indexType()), Math::min);
                if (field.type() instanceof DataType.RunEndEncoded) {
                    DataType.Int ends = (DataType.Int) field.children().get(0).type();
                    capacities.merge(d.id(), capacity(ends) - 1, Math::min);
                }
            });
            collectCapacities(field.children(), capacities);
        }
    }

    /** How many numbers from 0 on a type has. */
    private static long capacity(DataType.Int type) {
        int bits = type.signed() ? type.bitWidth() - 1 : type.bitWidth();
        return bits >= Long.SIZE - 1 ? Long.MAX_VALUE : 1L << bits;
    }
}
