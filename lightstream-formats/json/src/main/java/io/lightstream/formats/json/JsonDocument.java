package io.lightstream.formats.json;

import com.fasterxml.jackson.core.JsonToken;
import io.lightstream.codec.Column;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** The outermost object: the schema, then the dictionaries, then the batches one by one. */
final class JsonDocument implements AutoCloseable {
    private final JsonInput input;
    private final BufferAllocator allocator;
    private final ReadLimits limits;
    private final Schema schema;
    private final ParsedDictionaries dictionaries;

    /** Batches that came before their dictionaries. */
    private final Queue<ParsedBatch> early = new ArrayDeque<>();

    private boolean inBatches;

    /** Owns its memory until a record batch is made of it. */
    private record ParsedBatch(long count, List<ParsedColumn> columns, BatchMemory memory) {}

    private JsonDocument(JsonInput input, BufferAllocator allocator, ReadLimits limits, Schema schema)
            throws LightstreamException {
        this.input = input;
        this.allocator = allocator;
        this.limits = limits;
        this.schema = schema;
        this.dictionaries = new ParsedDictionaries(input, allocator, limits, schema);
    }

    /** Reads everything before the first batch. */
    static JsonDocument open(JsonInput input, BufferAllocator allocator, ReadLimits limits) throws IOException {
        input.next();
        input.enterObject("document");
        while (input.nextKey()) {
            switch (input.key()) {
                case "schema" -> {
                    JsonDocument document =
                            new JsonDocument(input, allocator, limits, SchemaParser.parse(input, limits));
                    document.openRest();
                    return document;
                }
                case "dictionaries", "batches" ->
                    throw input.unsupported("document", "'schema' first", "'" + input.key() + "'");
                default -> input.skip();
            }
        }
        throw input.malformed("document", "the key 'schema'", "the end of the object");
    }

    private void openRest() throws IOException {
        try {
            readToBatches();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    Schema schema() {
        return schema;
    }

    /** Reads keys until batches begin that can be made at once, or to the end of the document. */
    private void readToBatches() throws IOException {
        while (input.nextKey()) {
            switch (input.key()) {
                case "dictionaries" -> dictionaries.parse();
                case "batches" -> {
                    input.enterArray("batches");
                    if (!dictionaries.areMissing()) {
                        inBatches = true;
                        return;
                    }
                    while (input.nextElement()) {
                        early.add(parseBatch());
                    }
                }
                default -> input.skip();
            }
        }
        input.requireEnd();
    }

    /** The next batch, which the caller closes; null at the end. */
    @Nullable
    RecordBatch next() throws IOException {
        ParsedBatch parsed = early.poll();
        if (parsed == null && inBatches) {
            if (input.nextElement()) {
                parsed = parseBatch();
            } else {
                inBatches = false;
                readToBatches();
                return next();
            }
        }
        return parsed == null ? null : batch(parsed);
    }

    private RecordBatch batch(ParsedBatch parsed) throws LightstreamException {
        List<Column> columns = new ArrayList<>(schema.columnCount());
        try {
            for (ParsedColumn column : parsed.columns()) {
                columns.add(ColumnMaker.column(column, parsed.memory(), dictionaries, input));
            }
            return new RecordBatch(
                    schema, parsed.count(), Map.of(), parsed.memory(), dictionaries.retain(), columns::get);
        } catch (LightstreamException | RuntimeException e) {
            parsed.memory().release();
            throw e;
        }
    }

    private ParsedBatch parseBatch() throws IOException {
        try (BatchBuffers buffers = new BatchBuffers(allocator, input, "maxBodyBytes", limits.maxBodyBytes())) {
            ColumnParser parser = new ColumnParser(input, buffers, limits.maxRows());
            long count = -1;
            List<ParsedColumn> columns = new ArrayList<>(schema.columnCount());
            input.enterObject("batch");
            while (input.nextKey()) {
                switch (input.key()) {
                    case "count" -> count = parser.count();
                    case "columns" -> parseColumns(parser, columns);
                    default -> input.skip();
                }
            }
            checkCounts(count, columns);
            return new ParsedBatch(count, columns, buffers.finish());
        }
    }

    private void parseColumns(ColumnParser parser, List<ParsedColumn> columns) throws IOException {
        input.enterArray("columns");
        while (input.nextElement()) {
            if (columns.size() == schema.columnCount()) {
                throw input.malformed("columns", schema.columnCount(), "more");
            }
            columns.add(parser.parse(schema.field(columns.size())));
        }
    }

    private void checkCounts(long count, List<ParsedColumn> columns) throws LightstreamException {
        if (count < 0) {
            throw input.malformed("batch", "the key 'count'", JsonToken.END_OBJECT.asString());
        }
        if (columns.size() != schema.columnCount()) {
            throw input.malformed("columns", schema.columnCount(), columns.size());
        }
        for (ParsedColumn column : columns) {
            if (column.count() != count) {
                throw input.malformed("rows of column '" + column.field().name() + "'", count, column.count());
            }
        }
    }

    /** Gives up all memory; batches that were made keep theirs. */
    @Override
    public void close() {
        inBatches = false;
        early.forEach(parsed -> parsed.memory().release());
        early.clear();
        dictionaries.close();
    }
}
