package io.lightstream.codec.internal.metadata;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.schema.DataType;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeBinary;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Type;

/**
 * Reads the type of a field (Schema.fbs, union {@code Type}), with {@link TemporalTypeDecoder} and {@link NestedTypeDecoder}, which
 * files without such types need not load. Throws IllegalArgumentException for values the format does not know.
 */
final class TypeDecoder {
    private static final int HALF_BITS = 16;

    private TypeDecoder() {}

    static DataType decode(Field field, InputSite site) throws LightstreamException {
        requireKnown(field, site);
        if (field.type(new Int()) == null) {
            throw site.malformed("type of field '" + name(field) + "'", "a table", "none");
        }
        return switch (field.typeType()) {
            case Type.Null -> new DataType.Null();
            case Type.Bool -> new DataType.Bool();
            case Type.Int -> integer((Int) member(field, new Int()));
            case Type.FloatingPoint -> floatingPoint((FloatingPoint) member(field, new FloatingPoint()));
            case Type.Decimal -> decimal((Decimal) member(field, new Decimal()));
            case Type.Date, Type.Time, Type.Timestamp, Type.Duration, Type.Interval ->
                TemporalTypeDecoder.decode(field);
            case Type.Utf8 -> new DataType.Utf8();
            case Type.LargeUtf8 -> new DataType.LargeUtf8();
            case Type.Utf8View -> new DataType.Utf8View();
            case Type.Binary -> new DataType.Binary();
            case Type.LargeBinary -> new DataType.LargeBinary();
            case Type.BinaryView -> new DataType.BinaryView();
            case Type.FixedSizeBinary ->
                new DataType.FixedSizeBinary(((FixedSizeBinary) member(field, new FixedSizeBinary())).byteWidth());
            case Type.List -> new DataType.ListType();
            case Type.LargeList -> new DataType.LargeList();
            case Type.ListView -> new DataType.ListView();
            case Type.LargeListView -> new DataType.LargeListView();
            case Type.Struct_ -> new DataType.Struct();
            case Type.FixedSizeList, Type.Map, Type.Union -> NestedTypeDecoder.decode(field);
            case Type.RunEndEncoded -> new DataType.RunEndEncoded();
            default -> throw new AssertionError("kind " + field.typeType());
        };
    }

    /** First of all: of a kind that is unknown here nothing has been verified either. */
    private static void requireKnown(Field field, InputSite site) throws LightstreamException {
        int kind = Byte.toUnsignedInt(field.typeType());
        if (kind == Type.NONE) {
            throw site.malformed("type of field '" + name(field) + "'", "one", "none");
        }
        if (kind > Type.LargeListView) {
            throw site.unsupported(
                    "kind of type of field '" + name(field) + "'",
                    "at most " + Type.LargeListView + " (" + Type.name(Type.LargeListView) + ")",
                    kind);
        }
    }

    /** Whether fields of this kind have children. */
    static boolean isNested(byte type) {
        return switch (type) {
            case Type.List,
                    Type.LargeList,
                    Type.ListView,
                    Type.LargeListView,
                    Type.FixedSizeList,
                    Type.Struct_,
                    Type.Map,
                    Type.Union,
                    Type.RunEndEncoded -> true;
            default -> false;
        };
    }

    private static String name(Field field) {
        return Texts.name(field.nameAsByteBuffer());
    }

    /** The table of the type's parameters, in {@code table}, which is of the kind that the field names. */
    static com.google.flatbuffers.Table member(Field field, com.google.flatbuffers.Table table) {
        com.google.flatbuffers.Table found = field.type(table);
        if (found == null) {
            throw new IllegalArgumentException("the type has no table");
        }
        return found;
    }

    private static DataType integer(Int type) {
        return new DataType.Int(type.bitWidth(), type.isSigned());
    }

    private static DataType floatingPoint(FloatingPoint type) {
        int precision = type.precision();
        if (precision < 0 || precision > 2) {
            throw new IllegalArgumentException("floating point precision " + precision);
        }
        return new DataType.FloatingPoint(HALF_BITS << precision);
    }

    private static DataType decimal(Decimal type) {
        return new DataType.Decimal(type.precision(), type.scale(), type.bitWidth());
    }

    /** The constant that the number stands for. */
    static <E extends Enum<E>> E unit(E[] values, int ordinal) {
        if (ordinal < 0 || ordinal >= values.length) {
            throw new IllegalArgumentException("unit or mode " + ordinal);
        }
        return values[ordinal];
    }
}
