package io.lightstream.codec.arrow;

import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.TimeUnit;
import java.util.Arrays;
import java.util.Optional;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Data types of Arrow Java and ours. Both know all types of the format, and call units the same. */
final class ArrowTypes {
    private ArrowTypes() {}

    static ArrowType toArrow(DataType type) {
        return switch (type.id()) {
            case NULL -> ArrowType.Null.INSTANCE;
            case BOOL -> ArrowType.Bool.INSTANCE;
            case UTF8 -> ArrowType.Utf8.INSTANCE;
            case LARGE_UTF8 -> ArrowType.LargeUtf8.INSTANCE;
            case UTF8_VIEW -> ArrowType.Utf8View.INSTANCE;
            case BINARY -> ArrowType.Binary.INSTANCE;
            case LARGE_BINARY -> ArrowType.LargeBinary.INSTANCE;
            case BINARY_VIEW -> ArrowType.BinaryView.INSTANCE;
            case LIST -> ArrowType.List.INSTANCE;
            case LARGE_LIST -> ArrowType.LargeList.INSTANCE;
            case LIST_VIEW -> ArrowType.ListView.INSTANCE;
            case LARGE_LIST_VIEW -> ArrowType.LargeListView.INSTANCE;
            case STRUCT -> ArrowType.Struct.INSTANCE;
            case RUN_END_ENCODED -> ArrowType.RunEndEncoded.INSTANCE;
            default -> toArrowWithParameters(type);
        };
    }

    private static ArrowType toArrowWithParameters(DataType type) {
        if (type instanceof DataType.Int t) {
            return new ArrowType.Int(t.bitWidth(), t.signed());
        } else if (type instanceof DataType.FloatingPoint t) {
            return new ArrowType.FloatingPoint(precision(t.bitWidth()));
        } else if (type instanceof DataType.Decimal t) {
            return new ArrowType.Decimal(t.precision(), t.scale(), t.bitWidth());
        } else if (type instanceof DataType.Date t) {
            return new ArrowType.Date(DateUnit.valueOf(t.unit().name()));
        } else if (type instanceof DataType.Time t) {
            return new ArrowType.Time(unit(t.unit()), t.bitWidth());
        } else if (type instanceof DataType.Timestamp t) {
            return new ArrowType.Timestamp(unit(t.unit()), t.zone().orElse(null));
        } else if (type instanceof DataType.Duration t) {
            return new ArrowType.Duration(unit(t.unit()));
        } else if (type instanceof DataType.Interval t) {
            return new ArrowType.Interval(IntervalUnit.valueOf(t.unit().name()));
        } else if (type instanceof DataType.FixedSizeBinary t) {
            return new ArrowType.FixedSizeBinary(t.width());
        } else if (type instanceof DataType.FixedSizeList t) {
            return new ArrowType.FixedSizeList(t.listSize());
        } else if (type instanceof DataType.MapType t) {
            return new ArrowType.Map(t.keysSorted());
        } else if (type instanceof DataType.Union t) {
            UnionMode mode = t.mode() == DataType.UnionMode.SPARSE ? UnionMode.Sparse : UnionMode.Dense;
            return new ArrowType.Union(
                    mode, t.typeIds().stream().mapToInt(Integer::intValue).toArray());
        }
        throw new IllegalArgumentException("data type unknown to Arrow Java: " + type);
    }

    static DataType fromArrow(ArrowType type) {
        return switch (type.getTypeID()) {
            case Null -> new DataType.Null();
            case Bool -> new DataType.Bool();
            case Utf8 -> new DataType.Utf8();
            case LargeUtf8 -> new DataType.LargeUtf8();
            case Utf8View -> new DataType.Utf8View();
            case Binary -> new DataType.Binary();
            case LargeBinary -> new DataType.LargeBinary();
            case BinaryView -> new DataType.BinaryView();
            case List -> new DataType.ListType();
            case LargeList -> new DataType.LargeList();
            case ListView -> new DataType.ListView();
            case LargeListView -> new DataType.LargeListView();
            case Struct -> new DataType.Struct();
            case RunEndEncoded -> new DataType.RunEndEncoded();
            default -> fromArrowWithParameters(type);
        };
    }

    private static DataType fromArrowWithParameters(ArrowType type) {
        if (type instanceof ArrowType.ExtensionType t) {
            return fromArrow(t.storageType());
        } else if (type instanceof ArrowType.Int t) {
            return integer(t);
        } else if (type instanceof ArrowType.FloatingPoint t) {
            return new DataType.FloatingPoint(bitWidth(t.getPrecision()));
        } else if (type instanceof ArrowType.Decimal t) {
            return new DataType.Decimal(t.getPrecision(), t.getScale(), t.getBitWidth());
        } else if (type instanceof ArrowType.Date t) {
            return new DataType.Date(DataType.DateUnit.valueOf(t.getUnit().name()));
        } else if (type instanceof ArrowType.Time t) {
            return new DataType.Time(unit(t.getUnit()), t.getBitWidth());
        } else if (type instanceof ArrowType.Timestamp t) {
            return new DataType.Timestamp(unit(t.getUnit()), Optional.ofNullable(t.getTimezone()));
        } else if (type instanceof ArrowType.Duration t) {
            return new DataType.Duration(unit(t.getUnit()));
        } else if (type instanceof ArrowType.Interval t) {
            return new DataType.Interval(
                    DataType.IntervalUnit.valueOf(t.getUnit().name()));
        } else if (type instanceof ArrowType.FixedSizeBinary t) {
            return new DataType.FixedSizeBinary(t.getByteWidth());
        } else if (type instanceof ArrowType.FixedSizeList t) {
            return new DataType.FixedSizeList(t.getListSize());
        } else if (type instanceof ArrowType.Map t) {
            return new DataType.MapType(t.getKeysSorted());
        } else if (type instanceof ArrowType.Union t) {
            DataType.UnionMode mode =
                    t.getMode() == UnionMode.Sparse ? DataType.UnionMode.SPARSE : DataType.UnionMode.DENSE;
            return new DataType.Union(
                    mode, Arrays.stream(t.getTypeIds()).boxed().toList());
        }
        throw new IllegalArgumentException("data type of Arrow Java that the format does not have: " + type);
    }

    static DataType.Int integer(ArrowType.Int type) {
        return new DataType.Int(type.getBitWidth(), type.getIsSigned());
    }

    private static FloatingPointPrecision precision(int bitWidth) {
        return switch (bitWidth) {
            case 16 -> FloatingPointPrecision.HALF;
            case 32 -> FloatingPointPrecision.SINGLE;
            default -> FloatingPointPrecision.DOUBLE;
        };
    }

    private static int bitWidth(FloatingPointPrecision precision) {
        return switch (precision) {
            case HALF -> 16;
            case SINGLE -> 32;
            case DOUBLE -> 64;
        };
    }

    private static org.apache.arrow.vector.types.TimeUnit unit(TimeUnit unit) {
        return org.apache.arrow.vector.types.TimeUnit.valueOf(unit.name());
    }

    private static TimeUnit unit(org.apache.arrow.vector.types.TimeUnit unit) {
        return TimeUnit.valueOf(unit.name());
    }
}
