package io.lightstream.codec.internal.metadata;

import com.google.flatbuffers.FlatBufferBuilder;
import io.lightstream.codec.schema.DataType;
import org.apache.arrow.flatbuf.Binary;
import org.apache.arrow.flatbuf.BinaryView;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Duration;
import org.apache.arrow.flatbuf.FixedSizeBinary;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Interval;
import org.apache.arrow.flatbuf.LargeBinary;
import org.apache.arrow.flatbuf.LargeList;
import org.apache.arrow.flatbuf.LargeListView;
import org.apache.arrow.flatbuf.LargeUtf8;
import org.apache.arrow.flatbuf.List;
import org.apache.arrow.flatbuf.ListView;
import org.apache.arrow.flatbuf.Map;
import org.apache.arrow.flatbuf.Null;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.RunEndEncoded;
import org.apache.arrow.flatbuf.Struct_;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Union;
import org.apache.arrow.flatbuf.UnionMode;
import org.apache.arrow.flatbuf.Utf8;
import org.apache.arrow.flatbuf.Utf8View;

/** Writes data types as the union {@code Type} of Schema.fbs. The units of ours have the order of the format's. */
@SuppressWarnings("EnumOrdinal") // the enums are in the order of the format
final class TypeEncoder {
    private TypeEncoder() {}

    /** Which member of the union a type is. */
    static byte discriminator(DataType type) {
        return switch (type.id()) {
            case NULL -> Type.Null;
            case BOOL -> Type.Bool;
            case INT -> Type.Int;
            case FLOATING_POINT -> Type.FloatingPoint;
            case DECIMAL -> Type.Decimal;
            case DATE -> Type.Date;
            case TIME -> Type.Time;
            case TIMESTAMP -> Type.Timestamp;
            case DURATION -> Type.Duration;
            case INTERVAL -> Type.Interval;
            case UTF8 -> Type.Utf8;
            case LARGE_UTF8 -> Type.LargeUtf8;
            case UTF8_VIEW -> Type.Utf8View;
            case BINARY -> Type.Binary;
            case LARGE_BINARY -> Type.LargeBinary;
            case BINARY_VIEW -> Type.BinaryView;
            case FIXED_SIZE_BINARY -> Type.FixedSizeBinary;
            case LIST -> Type.List;
            case LARGE_LIST -> Type.LargeList;
            case LIST_VIEW -> Type.ListView;
            case LARGE_LIST_VIEW -> Type.LargeListView;
            case FIXED_SIZE_LIST -> Type.FixedSizeList;
            case STRUCT -> Type.Struct_;
            case MAP -> Type.Map;
            case UNION -> Type.Union;
            case RUN_END_ENCODED -> Type.RunEndEncoded;
        };
    }

    /** Writes the table of the type; returns its offset. */
    static int encode(FlatBufferBuilder out, DataType type) {
        return switch (type.id()) {
            case NULL -> empty(out, Null::startNull);
            case BOOL -> empty(out, Bool::startBool);
            case UTF8 -> empty(out, Utf8::startUtf8);
            case LARGE_UTF8 -> empty(out, LargeUtf8::startLargeUtf8);
            case UTF8_VIEW -> empty(out, Utf8View::startUtf8View);
            case BINARY -> empty(out, Binary::startBinary);
            case LARGE_BINARY -> empty(out, LargeBinary::startLargeBinary);
            case BINARY_VIEW -> empty(out, BinaryView::startBinaryView);
            case LIST -> empty(out, List::startList);
            case LARGE_LIST -> empty(out, LargeList::startLargeList);
            case LIST_VIEW -> empty(out, ListView::startListView);
            case LARGE_LIST_VIEW -> empty(out, LargeListView::startLargeListView);
            case STRUCT -> empty(out, Struct_::startStruct_);
            case RUN_END_ENCODED -> empty(out, RunEndEncoded::startRunEndEncoded);
            default -> withParameters(out, type);
        };
    }

    private static int withParameters(FlatBufferBuilder out, DataType type) {
        if (type instanceof DataType.Int t) {
            return Int.createInt(out, t.bitWidth(), t.signed());
        } else if (type instanceof DataType.FloatingPoint t) {
            return FloatingPoint.createFloatingPoint(out, precision(t.bitWidth()));
        } else if (type instanceof DataType.Decimal t) {
            return Decimal.createDecimal(out, t.precision(), t.scale(), t.bitWidth());
        } else if (type instanceof DataType.Date t) {
            return Date.createDate(out, (short) t.unit().ordinal());
        } else if (type instanceof DataType.Time t) {
            return Time.createTime(out, (short) t.unit().ordinal(), t.bitWidth());
        } else if (type instanceof DataType.Timestamp t) {
            int zone = t.zone().map(out::createString).orElse(0);
            return Timestamp.createTimestamp(out, (short) t.unit().ordinal(), zone);
        } else if (type instanceof DataType.Duration t) {
            return Duration.createDuration(out, (short) t.unit().ordinal());
        } else if (type instanceof DataType.Interval t) {
            return Interval.createInterval(out, (short) t.unit().ordinal());
        } else if (type instanceof DataType.FixedSizeBinary t) {
            return FixedSizeBinary.createFixedSizeBinary(out, t.width());
        } else if (type instanceof DataType.FixedSizeList t) {
            return FixedSizeList.createFixedSizeList(out, t.listSize());
        } else if (type instanceof DataType.MapType t) {
            return Map.createMap(out, t.keysSorted());
        } else if (type instanceof DataType.Union t) {
            int typeIds = Union.createTypeIdsVector(
                    out, t.typeIds().stream().mapToInt(Integer::intValue).toArray());
            return Union.createUnion(
                    out, t.mode() == DataType.UnionMode.SPARSE ? UnionMode.Sparse : UnionMode.Dense, typeIds);
        }
        throw new IllegalArgumentException("data type without an encoding: " + type);
    }

    private static short precision(int bitWidth) {
        return switch (bitWidth) {
            case 16 -> Precision.HALF;
            case 32 -> Precision.SINGLE;
            default -> Precision.DOUBLE;
        };
    }

    /** Begins a table of one of the types that have no parameters. */
    private interface Start {
        void on(FlatBufferBuilder out);
    }

    private static int empty(FlatBufferBuilder out, Start start) {
        start.on(out);
        return out.endTable();
    }
}
