package io.lightstream.codec.build;

import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the builders of one batch: fields that name the same dictionary share it. */
final class ColumnBuilderFactory {
    private final BuilderMemory memory;
    private final Map<Long, Dictionary> dictionaries = new HashMap<>();

    ColumnBuilderFactory(BuilderMemory memory) {
        this.memory = memory;
    }

    ColumnBuilder create(Field field) {
        if (field.dictionary().isPresent()) {
            return new DictionaryBuilder(
                    field, memory, dictionary(field, field.dictionary().get()));
        }
        return switch (field.type().layout()) {
            case NULL -> new NullBuilder(field, memory);
            case BIT -> new BoolBuilder(field, memory);
            case FIXED -> fixedWidth(field);
            case VARIABLE, LARGE_VARIABLE -> new BinaryBuilder(field, memory);
            case VIEW -> new ViewBuilder(field, memory);
            case LIST, LARGE_LIST, LIST_VIEW, LARGE_LIST_VIEW -> new ListBuilder(field, memory, child(field, 0));
            case FIXED_SIZE_LIST -> new FixedSizeListBuilder(field, memory, child(field, 0));
            case STRUCT -> new StructBuilder(field, memory, children(field));
            case SPARSE_UNION, DENSE_UNION -> new UnionBuilder(field, memory, children(field));
            case RUN_END_ENCODED -> new RunEndBuilder(field, memory, child(field, 0), child(field, 1));
        };
    }

    private FixedWidthBuilder fixedWidth(Field field) {
        return switch (field.type().id()) {
            case DECIMAL -> new DecimalBuilder(field, memory);
            case INTERVAL -> new IntervalBuilder(field, memory);
            case FIXED_SIZE_BINARY -> new FixedSizeBinaryBuilder(field, memory);
            case FLOATING_POINT -> floatingPoint(field);
            default -> integer(field);
        };
    }

    private FixedWidthBuilder floatingPoint(Field field) {
        return switch (field.type().byteWidth()) {
            case Short.BYTES -> new HalfFloatBuilder(field, memory);
            case Float.BYTES -> new FloatBuilder(field, memory);
            default -> new DoubleBuilder(field, memory);
        };
    }

    private FixedWidthBuilder integer(Field field) {
        return switch (field.type().byteWidth()) {
            case Byte.BYTES -> new ByteBuilder(field, memory);
            case Short.BYTES -> new ShortBuilder(field, memory);
            case Integer.BYTES -> new IntBuilder(field, memory);
            default -> new LongBuilder(field, memory);
        };
    }

    private ColumnBuilder child(Field field, int index) {
        return create(field.children().get(index));
    }

    private List<ColumnBuilder> children(Field field) {
        return field.children().stream().map(this::create).toList();
    }

    private Dictionary dictionary(Field field, DictionaryEncoding encoding) {
        Field wanted = field.valueField();
        Dictionary known = dictionaries.get(encoding.id());
        if (known == null) {
            known = new Dictionary(create(wanted));
            dictionaries.put(encoding.id(), known);
        }
        Field found = known.values().field();
        if (!found.type().equals(wanted.type()) || !found.children().equals(wanted.children())) {
            throw new IllegalArgumentException("values of dictionary " + encoding.id() + " of column '" + field.name()
                    + "': expected " + found + " as in another column, found " + wanted);
        }
        return known;
    }

    /** All dictionaries, those of nested fields included. */
    Iterable<Dictionary> dictionaries() {
        return dictionaries.values();
    }
}
