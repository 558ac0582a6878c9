package io.lightstream.formats.json;

import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DictionaryEncoding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes columns of parsed ones, once their dictionaries are known. */
final class ColumnMaker {
    private static final int DATA = 1;

    private ColumnMaker() {}

    static Column column(ParsedColumn parsed, BatchMemory memory, ParsedDictionaries dictionaries, JsonInput input)
            throws LightstreamException {
        List<Column> children = new ArrayList<>(parsed.children().size());
        for (ParsedColumn child : parsed.children()) {
            children.add(column(child, memory, dictionaries, input));
        }
        Column dictionary = dictionary(parsed, dictionaries, input);
        long[] buffers = new long[2 * parsed.buffers().size()];
        for (int i = 0; i < parsed.buffers().size(); i++) {
            buffers[2 * i] = parsed.buffer(i).address();
            buffers[2 * i + 1] = parsed.buffer(i).length();
        }
        return Column.of(new ColumnData(
                parsed.field(), parsed.count(), parsed.nullCount(), 0, buffers, children, dictionary, memory));
    }

    private static @Nullable Column dictionary(ParsedColumn parsed, ParsedDictionaries dictionaries, JsonInput input)
            throws LightstreamException {
        if (parsed.field().dictionary().isEmpty()) {
            return null;
        }
        DictionaryEncoding encoding = parsed.field().dictionary().get();
        Column values = dictionaries.column(encoding.id());
        checkIndices(parsed, encoding, values.length(), input);
        return values;
    }

    private static void checkIndices(ParsedColumn parsed, DictionaryEncoding encoding, long size, JsonInput input)
            throws LightstreamException {
        for (long i = 0; i < parsed.count(); i++) {
            long index = index(parsed.buffer(DATA).address(), i, encoding);
            if ((index < 0 || index >= size) && parsed.isValid(i)) {
                throw input.malformed(
                        "index " + i + " of column '" + parsed.field().name() + "'", "below " + size, index);
            }
        }
    }

    private static long index(long indices, long row, DictionaryEncoding encoding) {
        boolean signed = encoding.indexType().signed();
        return switch (encoding.indexType().byteWidth()) {
            case Byte.BYTES ->
                signed ? NativeMemory.getByte(indices + row) : NativeMemory.getByte(indices + row) & 0xFF;
            case Short.BYTES -> {
                short index = NativeMemory.getShort(indices + row * Short.BYTES);
                yield signed ? index : index & 0xFFFF;
            }
            case Integer.BYTES -> {
                int index = NativeMemory.getInt(indices + row * Integer.BYTES);
                yield signed ? index : index & 0xFFFF_FFFFL;
            }
            default -> NativeMemory.getLong(indices + row * Long.BYTES);
        };
    }
}
