package io.lightstream.formats.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.TypeId;
import java.io.IOException;
import java.util.Locale;

/** Writes one {@code "type"} object. */
final class TypeWriter {
    private TypeWriter() {}

    static void write(DataType type, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", name(type.id()));
        writeParameters(type, out);
        out.writeEndObject();
    }

    private static String name(TypeId id) {
        return id.name().replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static void writeParameters(DataType type, JsonGenerator out) throws IOException {
        switch (type.id()) {
            case INT -> {
                out.writeBooleanField("isSigned", ((DataType.Int) type).signed());
                out.writeNumberField("bitWidth", ((DataType.Int) type).bitWidth());
            }
            case FLOATING_POINT -> out.writeStringField("precision", precision((DataType.FloatingPoint) type));
            case DECIMAL -> writeDecimal((DataType.Decimal) type, out);
            case DATE ->
                out.writeStringField("unit", ((DataType.Date) type).unit().name());
            case TIME -> {
                out.writeStringField("unit", ((DataType.Time) type).unit().name());
                out.writeNumberField("bitWidth", ((DataType.Time) type).bitWidth());
            }
            case TIMESTAMP -> writeTimestamp((DataType.Timestamp) type, out);
            case DURATION ->
                out.writeStringField("unit", ((DataType.Duration) type).unit().name());
            case INTERVAL ->
                out.writeStringField("unit", ((DataType.Interval) type).unit().name());
            case FIXED_SIZE_BINARY -> out.writeNumberField("byteWidth", ((DataType.FixedSizeBinary) type).width());
            case FIXED_SIZE_LIST -> out.writeNumberField("listSize", ((DataType.FixedSizeList) type).listSize());
            case MAP -> out.writeBooleanField("keysSorted", ((DataType.MapType) type).keysSorted());
            case UNION -> writeUnion((DataType.Union) type, out);
            default -> {}
        }
    }

    private static String precision(DataType.FloatingPoint type) {
        return switch (type.bitWidth()) {
            case Short.SIZE -> "HALF";
            case Float.SIZE -> "SINGLE";
            default -> "DOUBLE";
        };
    }

    private static void writeDecimal(DataType.Decimal type, JsonGenerator out) throws IOException {
        out.writeNumberField("precision", type.precision());
        out.writeNumberField("scale", type.scale());
        out.writeNumberField("bitWidth", type.bitWidth());
    }

    private static void writeTimestamp(DataType.Timestamp type, JsonGenerator out) throws IOException {
        out.writeStringField("unit", type.unit().name());
        if (type.zone().isPresent()) {
            out.writeStringField("timezone", type.zone().get());
        }
    }

    private static void writeUnion(DataType.Union type, JsonGenerator out) throws IOException {
        out.writeStringField("mode", type.mode().name());
        out.writeArrayFieldStart("typeIds");
        for (int id : type.typeIds()) {
            out.writeNumber(id);
        }
        out.writeEndArray();
    }
}
