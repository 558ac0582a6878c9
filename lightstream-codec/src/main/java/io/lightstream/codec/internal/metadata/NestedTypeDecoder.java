package io.lightstream.codec.internal.metadata;

import static io.lightstream.codec.internal.metadata.TypeDecoder.member;
import static io.lightstream.codec.internal.metadata.TypeDecoder.unit;

import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DataType.UnionMode;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.Map;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Union;

/** Reads the nested types that have parameters; see {@link TypeDecoder}. */
final class NestedTypeDecoder {
    private NestedTypeDecoder() {}

    static DataType decode(Field field) {
        return switch (field.typeType()) {
            case Type.FixedSizeList ->
                new DataType.FixedSizeList(((FixedSizeList) member(field, new FixedSizeList())).listSize());
            case Type.Map -> new DataType.MapType(((Map) member(field, new Map())).keysSorted());
            case Type.Union -> union((Union) member(field, new Union()), field.childrenLength());
            default -> throw new IllegalArgumentException("nested type of kind " + field.typeType());
        };
    }

    /** A union without type ids numbers its children from 0. */
    private static DataType union(Union type, int childCount) {
        // Before they are read: fields may share one long vector.
        if (type.typeIdsLength() != 0 && type.typeIdsLength() != childCount) {
            throw new IllegalArgumentException(
                    "type ids of a union of " + childCount + ": found " + type.typeIdsLength());
        }
        List<Integer> typeIds = new ArrayList<>(childCount);
        if (type.typeIdsLength() == 0) {
            for (int i = 0; i < childCount; i++) {
                typeIds.add(i);
            }
        }
        for (int i = 0; i < type.typeIdsLength(); i++) {
            typeIds.add(type.typeIds(i));
        }
        return new DataType.Union(unit(UnionMode.values(), type.mode()), typeIds);
    }
}
