package io.lightstream.formats.json;

import com.fasterxml.jackson.core.JsonToken;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.TimeUnit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads one {@code "type"} object: a name, and parameters in any order. */
final class TypeParser {
    private static final int DEFAULT_DECIMAL_BITS = 128;

    private final JsonInput input;
    private final Map<String, Object> parameters = new HashMap<>();

    private TypeParser(JsonInput input) {
        this.input = input;
    }

    static DataType parse(JsonInput input) throws IOException {
        TypeParser parser = new TypeParser(input);
        parser.readParameters();
        try {
            return parser.type();
        } catch (IllegalArgumentException e) {
            throw input.malformed("type", "parameters that the format allows", String.valueOf(e.getMessage()));
        }
    }

    private void readParameters() throws IOException {
        input.enterObject("type");
        while (input.nextKey()) {
            JsonToken token = input.current();
            switch (token) {
                case VALUE_STRING -> parameters.put(input.key(), input.text("type"));
                case VALUE_NUMBER_INT ->
                    parameters.put(input.key(), input.smallInteger(input.key(), Integer.MIN_VALUE, Integer.MAX_VALUE));
                case VALUE_TRUE, VALUE_FALSE -> parameters.put(input.key(), token == JsonToken.VALUE_TRUE);
                case START_ARRAY -> parameters.put(input.key(), integers(input.key()));
                default -> input.skip();
            }
        }
    }

    private List<Integer> integers(String what) throws IOException {
        List<Integer> integers = new ArrayList<>();
        while (input.nextElement()) {
            integers.add(input.smallInteger(what, Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        return integers;
    }

    private DataType type() throws LightstreamException {
        String name = parameter("name", String.class);
        return switch (name) {
            case "null" -> new DataType.Null();
            case "bool" -> new DataType.Bool();
            case "int" -> new DataType.Int(integer("bitWidth"), flag("isSigned"));
            case "floatingpoint" -> new DataType.FloatingPoint(floatBits());
            case "decimal" -> decimal();
            case "date" -> new DataType.Date(choice("unit", DataType.DateUnit.class));
            case "time" -> new DataType.Time(choice("unit", TimeUnit.class), integer("bitWidth"));
            case "timestamp" -> new DataType.Timestamp(choice("unit", TimeUnit.class), zone());
            case "duration" -> new DataType.Duration(choice("unit", TimeUnit.class));
            case "interval" -> new DataType.Interval(choice("unit", DataType.IntervalUnit.class));
            case "utf8" -> new DataType.Utf8();
            case "largeutf8" -> new DataType.LargeUtf8();
            case "utf8view" -> new DataType.Utf8View();
            case "binary" -> new DataType.Binary();
            case "largebinary" -> new DataType.LargeBinary();
            case "binaryview" -> new DataType.BinaryView();
            case "fixedsizebinary" -> new DataType.FixedSizeBinary(integer("byteWidth"));
            case "list" -> new DataType.ListType();
            case "largelist" -> new DataType.LargeList();
            case "listview" -> new DataType.ListView();
            case "largelistview" -> new DataType.LargeListView();
            case "fixedsizelist" -> new DataType.FixedSizeList(integer("listSize"));
            case "struct" -> new DataType.Struct();
            case "map" -> new DataType.MapType(flag("keysSorted"));
            case "union" -> new DataType.Union(choice("mode", DataType.UnionMode.class), typeIds());
            case "runendencoded" -> new DataType.RunEndEncoded();
            default -> throw input.unsupported("type", "one of the Arrow format", "'" + name + "'");
        };
    }

    private int floatBits() throws LightstreamException {
        String precision = parameter("precision", String.class);
        return switch (precision) {
            case "HALF" -> Short.SIZE;
            case "SINGLE" -> Float.SIZE;
            case "DOUBLE" -> Double.SIZE;
            default -> throw input.malformed("precision", "HALF, SINGLE or DOUBLE", precision);
        };
    }

    private DataType decimal() throws LightstreamException {
        int bits = parameters.containsKey("bitWidth") ? integer("bitWidth") : DEFAULT_DECIMAL_BITS;
        return new DataType.Decimal(integer("precision"), integer("scale"), bits);
    }

    private Optional<String> zone() throws LightstreamException {
        if (!parameters.containsKey("timezone")) {
            return Optional.empty();
        }
        String zone = parameter("timezone", String.class);
        return zone.isEmpty() ? Optional.empty() : Optional.of(zone);
    }

    private List<Integer> typeIds() throws LightstreamException {
        List<Integer> ids = new ArrayList<>();
        for (Object id : parameter("typeIds", List.class)) {
            ids.add((Integer) id);
        }
        return ids;
    }

    private int integer(String name) throws LightstreamException {
        return parameter(name, Integer.class);
    }

    private boolean flag(String name) throws LightstreamException {
        return parameter(name, Boolean.class);
    }

    private <E extends Enum<E>> E choice(String name, Class<E> choices) throws LightstreamException {
        String value = parameter(name, String.class);
        for (E choice : choices.getEnumConstants()) {
            if (choice.name().equals(value.toUpperCase(Locale.ROOT))) {
                return choice;
            }
        }
        throw input.malformed(name, List.of(choices.getEnumConstants()), value);
    }

    private <T> T parameter(String name, Class<T> kind) throws LightstreamException {
        Object value = parameters.get(name);
        if (!kind.isInstance(value)) {
            throw input.malformed("'" + name + "' of a type", kind.getSimpleName(), value == null ? "none" : value);
        }
        return kind.cast(value);
    }
}
