package io.lightstream.formats.json;

import io.lightstream.codec.Column;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** The dictionaries of one text: read in any order, made into columns when a batch asks for them. */
final class ParsedDictionaries implements AutoCloseable {
    private final JsonInput input;
    private final BufferAllocator allocator;
    private final ReadLimits limits;
    private final Map<Long, Field> fields = new HashMap<>();
    private final Map<Long, Parsed> parsed = new HashMap<>();
    private final Map<Long, Column> columns = new HashMap<>();
    private long bytes;

    private record Parsed(ParsedColumn column, BatchMemory memory) {}

    ParsedDictionaries(JsonInput input, BufferAllocator allocator, ReadLimits limits, Schema schema)
            throws LightstreamException {
        this.input = input;
        this.allocator = allocator;
        this.limits = limits;
        collect(schema.fields());
    }

    /** Remembers what each dictionary of the schema holds; fields that share one have to agree. */
    private void collect(List<Field> all) throws LightstreamException {
        for (Field field : all) {
            if (field.dictionary().isPresent()) {
                long id = field.dictionary().get().id();
                Field known = fields.putIfAbsent(id, field.valueField());
                if (known != null && !sameTypes(known, field.valueField())) {
                    throw input.malformed("values of dictionary " + id, known, field.valueField());
                }
            }
            collect(field.children());
        }
    }

    private static boolean sameTypes(Field a, Field b) {
        boolean same = a.type().equals(b.type())
                && a.dictionary().equals(b.dictionary())
                && a.children().size() == b.children().size();
        for (int i = 0; same && i < a.children().size(); i++) {
            same = sameTypes(a.children().get(i), b.children().get(i));
        }
        return same;
    }

    /** Whether the schema has dictionaries of which none was read. */
    boolean areMissing() {
        return !fields.isEmpty() && parsed.isEmpty();
    }

    /** Reads the array of dictionaries. */
    void parse() throws IOException {
        input.enterArray("dictionaries");
        while (input.nextElement()) {
            Long id = null;
            input.enterObject("dictionary");
            while (input.nextKey()) {
                switch (input.key()) {
                    case "id" -> id = input.integer("id of a dictionary", Long.MIN_VALUE, Long.MAX_VALUE);
                    case "data" -> parseData(id);
                    default -> input.skip();
                }
            }
        }
    }

    private void parseData(@Nullable Long id) throws IOException {
        if (id == null) {
            throw input.unsupported("dictionary", "'id' before 'data'", "'data'");
        }
        Field field = fields.get(id);
        if (field == null) {
            input.skip();
            return;
        }
        if (parsed.containsKey(id)) {
            throw input.malformed("dictionary " + id, "its values once", "them twice");
        }
        input.enterObject("data of a dictionary");
        while (input.nextKey()) {
            if (input.key().equals("columns")) {
                parseColumn(id, field);
            } else {
                input.skip();
            }
        }
    }

    private void parseColumn(long id, Field field) throws IOException {
        long left = limits.maxDictionaryBytes() - bytes;
        try (BatchBuffers buffers = new BatchBuffers(allocator, input, "maxDictionaryBytes", left)) {
            input.enterArray("columns of dictionary " + id);
            if (!input.nextElement()) {
                throw input.malformed("columns of dictionary " + id, 1, 0);
            }
            ParsedColumn column = new ColumnParser(input, buffers, limits.maxRows()).parse(field);
            if (input.nextElement()) {
                throw input.malformed("columns of dictionary " + id, 1, "more");
            }
            bytes += buffers.bytes();
            parsed.put(id, new Parsed(column, buffers.finish()));
        }
    }

    /**
     * The values of a dictionary. Their own dictionaries are other ones: were one its own, its type would contain itself,
     * which the schema was checked not to say.
     */
    Column column(long id) throws LightstreamException {
        Column known = columns.get(id);
        if (known == null) {
            Parsed found = parsed.get(id);
            if (found == null) {
                throw input.malformed("dictionaries", "dictionary " + id, "no such dictionary");
            }
            known = ColumnMaker.column(found.column(), found.memory(), this, input);
            columns.put(id, known);
        }
        return known;
    }

    /** The memory of all dictionaries, with one more reference of each for the caller. */
    BatchMemory[] retain() {
        List<BatchMemory> memories = new ArrayList<>(parsed.size());
        for (Parsed dictionary : parsed.values()) {
            dictionary.memory().retain();
            memories.add(dictionary.memory());
        }
        return memories.toArray(new BatchMemory[0]);
    }

    @Override
    public void close() {
        parsed.values().forEach(dictionary -> dictionary.memory().release());
        parsed.clear();
        columns.clear();
    }
}
