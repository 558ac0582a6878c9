package peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.apache.arrow.vector.*;
import org.apache.arrow.vector.complex.DenseUnionVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.LargeListViewVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.ListViewVector;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.complex.UnionVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;

/** Logical values of vectors, as interop/checks/values.py defines them. */
final class Values {
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final Map<Long, Dictionary> dictionaries;

    Values(Map<Long, Dictionary> dictionaries) {
        this.dictionaries = dictionaries;
    }

    JsonNode of(FieldVector vector, int row) {
        if (vector instanceof RunEndEncodedVector runs) {
            return of((FieldVector) runs.getValuesVector(), runs.getPhysicalIndex(row));
        }
        if (vector instanceof DenseUnionVector union) {
            byte type = union.getTypeId(row);
            return union(type, of((FieldVector) union.getVectorByType(type), union.getOffset(row)));
        }
        if (vector instanceof UnionVector union) {
            int type = union.getTypeValue(row);
            return union(type, of((FieldVector) union.getVectorByType(type), row));
        }
        if (vector.isNull(row)) {
            return NODES.nullNode();
        }
        DictionaryEncoding encoding = vector.getField().getDictionary();
        if (encoding != null) {
            FieldVector known = dictionaries.get(encoding.getId()).getVector();
            return of(known, (int) ((BaseIntVector) vector).getValueAsLong(row));
        }
        JsonNode nested = nested(vector, row);
        return nested != null ? nested : scalar(vector, row);
    }

    private static JsonNode union(int type, JsonNode value) {
        return NODES.objectNode().put("t", type).set("v", value);
    }

    private JsonNode nested(FieldVector vector, int row) {
        if (vector instanceof ListVector list) {
            // Maps too: their entries are structs of a key and a value.
            return members(list.getDataVector(), list.getElementStartIndex(row), list.getElementEndIndex(row));
        }
        if (vector instanceof LargeListVector list) {
            return members(list.getDataVector(), list.getElementStartIndex(row), list.getElementEndIndex(row));
        }
        if (vector instanceof ListViewVector list) {
            return members(list.getDataVector(), list.getElementStartIndex(row), list.getElementEndIndex(row));
        }
        if (vector instanceof LargeListViewVector list) {
            long start = list.getOffsetBuffer().getLong((long) row * Long.BYTES);
            return members(list.getDataVector(), start, start + list.getSizeBuffer().getLong((long) row * Long.BYTES));
        }
        if (vector instanceof FixedSizeListVector list) {
            return members(list.getDataVector(), list.getElementStartIndex(row), list.getElementEndIndex(row));
        }
        if (vector instanceof StructVector struct) {
            ArrayNode members = NODES.arrayNode();
            struct.getChildrenFromFields().forEach(child -> members.add(of(child, row)));
            return members;
        }
        return null;
    }

    private ArrayNode members(FieldVector data, long from, long to) {
        ArrayNode members = NODES.arrayNode();
        for (int i = (int) from; i < to; i++) {
            members.add(of(data, i));
        }
        return members;
    }

    private static JsonNode scalar(FieldVector vector, int row) {
        if (vector instanceof BitVector bits) {
            return NODES.booleanNode(bits.get(row) != 0);
        }
        if (vector instanceof Float2Vector floats) {
            short bits = floats.get(row);
            boolean nan = (bits & 0x7c00) == 0x7c00 && (bits & 0x3ff) != 0;
            return NODES.textNode(nan ? "NaN" : HEX.toHexDigits(bits));
        }
        if (vector instanceof Float4Vector floats) {
            float value = floats.get(row);
            return NODES.textNode(Float.isNaN(value) ? "NaN" : HEX.toHexDigits(Float.floatToRawIntBits(value)));
        }
        if (vector instanceof Float8Vector floats) {
            double value = floats.get(row);
            return NODES.textNode(Double.isNaN(value) ? "NaN" : HEX.toHexDigits(Double.doubleToRawLongBits(value)));
        }
        if (vector.getObject(row) instanceof BigDecimal decimal) {
            return NODES.numberNode(decimal.unscaledValue());
        }
        if (isText(vector)) {
            return NODES.textNode(new String(bytes(vector, row), StandardCharsets.UTF_8));
        }
        if (bytes(vector, row) != null) {
            return NODES.textNode(HEX.formatHex(bytes(vector, row)));
        }
        if (vector instanceof IntervalDayVector intervals) {
            // The days and milliseconds as they are stored: the object has them in one.
            return NODES.arrayNode()
                    .add(IntervalDayVector.getDays(intervals.getDataBuffer(), row))
                    .add(IntervalDayVector.getMilliseconds(intervals.getDataBuffer(), row));
        }
        if (vector instanceof IntervalMonthDayNanoVector intervals) {
            return NODES.arrayNode()
                    .add(IntervalMonthDayNanoVector.getMonths(intervals.getDataBuffer(), row))
                    .add(IntervalMonthDayNanoVector.getDays(intervals.getDataBuffer(), row))
                    .add(IntervalMonthDayNanoVector.getNanoseconds(intervals.getDataBuffer(), row));
        }
        if (vector instanceof BaseFixedWidthVector numbers) {
            return number(numbers, row);
        }
        throw new UnsupportedOperationException(vector.getClass().getSimpleName());
    }

    private static boolean isText(FieldVector vector) {
        return vector instanceof VarCharVector || vector instanceof LargeVarCharVector || vector instanceof ViewVarCharVector;
    }

    private static byte[] bytes(FieldVector vector, int row) {
        if (vector instanceof VarCharVector text) {
            return text.get(row);
        }
        if (vector instanceof LargeVarCharVector text) {
            return text.get(row);
        }
        if (vector instanceof ViewVarCharVector text) {
            return text.get(row);
        }
        if (vector instanceof VarBinaryVector binary) {
            return binary.get(row);
        }
        if (vector instanceof LargeVarBinaryVector binary) {
            return binary.get(row);
        }
        if (vector instanceof ViewVarBinaryVector binary) {
            return binary.get(row);
        }
        return vector instanceof FixedSizeBinaryVector binary ? binary.get(row) : null;
    }

    /** Integers, and temporal types as the number that is stored. */
    private static JsonNode number(BaseFixedWidthVector vector, int row) {
        long at = (long) row * vector.getTypeWidth();
        boolean unsigned = vector instanceof UInt1Vector || vector instanceof UInt2Vector || vector instanceof UInt4Vector;
        switch (vector.getTypeWidth()) {
            case 1:
                byte small = vector.getDataBuffer().getByte(at);
                return NODES.numberNode(unsigned ? Byte.toUnsignedInt(small) : small);
            case 2:
                short two = vector.getDataBuffer().getShort(at);
                return NODES.numberNode(unsigned ? Short.toUnsignedInt(two) : two);
            case 4:
                int four = vector.getDataBuffer().getInt(at);
                return NODES.numberNode(unsigned ? Integer.toUnsignedLong(four) : four);
            default:
                long eight = vector.getDataBuffer().getLong(at);
                return vector instanceof UInt8Vector
                        ? NODES.numberNode(new java.math.BigInteger(Long.toUnsignedString(eight)))
                        : NODES.numberNode(eight);
        }
    }
}
