package io.lightstream.formats.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes Arrow's integration-test JSON: schema, dictionaries, batches, in that order, which some readers insist on.
 *
 * <p>A dictionary is complete only when the last batch has come. So where the schema has dictionaries, the text of the batches
 * waits in a temporary file until {@link #close()}, and copies of the dictionaries in memory. Where the batches' dictionaries
 * replaced each other, the text has all of them, one after the other, under one id, and indices shifted accordingly.
 *
 * <p>Null slots are written as zeros, empty texts or empty lists. One thread at a time. Obtained from {@link JsonFormat}.
 */
public final class JsonBatchWriter implements BatchWriter {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

    private final Schema schema;
    private final JsonGenerator out;
    private final OutputStream sink;
    private final DictionaryVersions dictionaries = new DictionaryVersions();
    private final @Nullable Spool spool;
    private final ColumnWriter columns;
    private boolean failed;
    private boolean closed;

    private JsonBatchWriter(Schema schema, OutputStream sink, JsonGenerator out, @Nullable Spool spool) {
        this.schema = schema;
        this.sink = sink;
        this.out = out;
        this.spool = spool;
        this.columns = new ColumnWriter(spool == null ? out : spool.generator(), dictionaries);
    }

    static JsonBatchWriter create(OutputStream sink, Schema schema) throws IOException {
        Spool spool = null;
        try {
            JsonGenerator out = FACTORY.createGenerator(sink);
            out.writeStartObject();
            out.writeFieldName("schema");
            SchemaWriter.write(schema, out);
            if (DictionaryVersions.hasDictionaries(schema.fields())) {
                spool = Spool.create(FACTORY);
            } else {
                out.writeArrayFieldStart("batches");
            }
            return new JsonBatchWriter(schema, sink, out, spool);
        } catch (IOException | RuntimeException e) {
            sink.close();
            throw e;
        }
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public void write(RecordBatch batch) throws IOException {
        checkUsable();
        if (!batch.schema().equals(schema)) {
            throw new IllegalArgumentException(
                    "schema of the batch: expected\n" + schema + "\nfound\n" + batch.schema());
        }
        failed = true;
        JsonGenerator json = columns.generator();
        dictionaries.register(batch);
        json.writeStartObject();
        json.writeNumberField("count", batch.rowCount());
        json.writeArrayFieldStart("columns");
        for (int i = 0; i < batch.columnCount(); i++) {
            Rows rows = new Rows(batch.column(i), 0, batch.rowCount());
            columns.write(schema.field(i).name(), schema.field(i), List.of(rows));
        }
        json.writeEndArray();
        json.writeEndObject();
        failed = false;
    }

    private void checkUsable() {
        if (closed || failed) {
            throw new IllegalStateException(closed ? "the writer is closed" : "the writer failed before");
        }
    }

    /** Hands over what can be written already: without dictionaries everything, with dictionaries only the schema. */
    @Override
    public void flush() throws IOException {
        checkUsable();
        out.flush();
    }

    @Override
    public void close() throws IOException {
        close(this::finish);
    }

    /** Leaves the text unfinished, which is no JSON; where the schema has dictionaries, it holds no batches yet. */
    @Override
    public void abandon() throws IOException {
        close(out::flush);
    }

    private interface LastStep {
        void run() throws IOException;
    }

    private void close(LastStep lastStep) throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (OutputStream last = sink;
                Spool toDelete = spool;
                DictionaryVersions toFree = dictionaries) {
            if (!failed) {
                lastStep.run();
            }
        }
    }

    private void finish() throws IOException {
        if (spool == null) {
            out.writeEndArray();
        } else {
            out.writeArrayFieldStart("dictionaries");
            dictionaries.write(schema.fields(), new ColumnWriter(out, dictionaries));
            out.writeEndArray();
            out.writeFieldName("batches");
            out.writeRawValue("");
            out.flush();
            spool.copyTo(sink);
        }
        out.writeEndObject();
        out.close();
    }
}
