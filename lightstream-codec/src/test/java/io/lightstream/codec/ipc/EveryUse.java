package io.lightstream.codec.ipc;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.Column;
import io.lightstream.codec.InvalidValueException;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.Validation;
import io.lightstream.codec.arrow.ArrowBatch;
import io.lightstream.codec.arrow.ArrowBatches;
import io.lightstream.codec.arrow.ArrowConversion;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.internal.concat.ColumnConcatenation;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Layout;
import io.lightstream.codec.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Random;

/**
 * Does with a batch all that one can. Each use may end in a value or in a declared error, and counts the latter; anything else
 * it throws.
 */
final class EveryUse {
    static final IpcReadOptions STRUCTURE = Ipc.READ.withValidation(Validation.STRUCTURE);

    private final LightstreamMemory memory;
    private final Random random;
    private boolean knowsVectors;
    private boolean hasVectors;
    private long refusals;
    private long characters;

    EveryUse(LightstreamMemory memory, Random random) {
        this.memory = memory;
        this.random = random;
    }

    /** How often a value was refused. */
    long refusals() {
        return refusals;
    }

    /** How much text there was. */
    long characters() {
        return characters;
    }

    @FunctionalInterface
    private interface Use {
        void run() throws IOException;
    }

    private void attempt(Use use) throws IOException {
        try {
            use.run();
        } catch (InvalidValueException | LightstreamException declared) {
            refusals++;
        }
    }

    /** Uses a batch whose values may be wrong, and compares it with one of the same schema. */
    void use(RecordBatch batch, RecordBatch good) throws IOException {
        for (Column column : batch.columns()) {
            useRows(column);
            attempt(() -> concatenate(column));
        }
        attempt(() -> characters += batch.toString().length());
        useWhole(batch, good);
        long from = random.nextLong(batch.rowCount() + 1);
        try (RecordBatch slice = batch.slice(from, random.nextLong(batch.rowCount() - from + 1))) {
            useWhole(slice, good);
        }
        attempt(() -> {
            try (RecordBatch taken = batch.take(memory.allocator())) {
                for (Column column : taken.columns()) {
                    useRows(column);
                }
            }
        });
    }

    private void useWhole(RecordBatch batch, RecordBatch good) throws IOException {
        attempt(() -> BatchComparison.compare(good, batch));
        attempt(() -> BatchComparison.compare(batch, good));
        attempt(() -> BatchComparison.compare(batch, batch));
        attempt(() -> write(batch));
        attempt(() -> writeFile(batch, good));
        attempt(() -> encode(batch));
        if (hasVectors(good)) {
            attempt(() -> bridge(batch));
        }
    }

    /** Arrow Java cannot hold some schemas, such as those of unions with two children of one name. */
    private boolean hasVectors(RecordBatch good) {
        if (!knowsVectors) {
            knowsVectors = true;
            try {
                ArrowBatches.toRoot(good, memory.allocator(), ArrowConversion.WIDEN)
                        .close();
                hasVectors = true;
            } catch (LightstreamException | RuntimeException e) {
                hasVectors = false;
            }
        }
        return hasVectors;
    }

    // ---- rows

    @FunctionalInterface
    private interface Getter {
        void get(Column column, long row);
    }

    private static final List<Getter> OF_VALUES = List.of(
            Column::getBoolean,
            Column::getInt,
            Column::getLong,
            Column::getFloat,
            Column::getDouble,
            Column::getDecimal,
            Column::getString,
            Column::getBytes,
            Column::byteLength,
            (column, row) -> column.copyBytes(row, new byte[column.byteLength(row)], 0),
            Column::listStart,
            Column::listLength);

    private void useRows(Column column) throws IOException {
        get(column, Column::text);
        OF_VALUES.forEach(getter -> getValues(column, getter));
        Layout layout = column.field().layout();
        if (!layout.hasValidity() && layout != Layout.NULL) {
            // Unions and runs: no row is null itself.
            get(column, Column::valueColumn);
            get(column, Column::valueIndex);
        }
        for (Column child : column.children()) {
            useRows(child);
        }
        if (column.dictionary().isPresent()) {
            useRows(column.dictionary().get());
        }
    }

    private void get(Column column, Getter getter) {
        for (long row = 0; row < column.length(); row++) {
            try {
                getter.get(column, row);
            } catch (InvalidValueException e) {
                refusals++;
            }
        }
    }

    private void getValues(Column column, Getter getter) {
        for (long row = 0; row < column.length(); row++) {
            try {
                if (!column.isNull(row)) {
                    getter.get(column, row);
                }
            } catch (InvalidValueException e) {
                refusals++;
            } catch (IllegalArgumentException anotherType) {
                if (!(column.field().type() instanceof DataType.Union)) {
                    return;
                }
            }
        }
    }

    // ---- columns

    private void concatenate(Column column) {
        long middle = random.nextLong(column.length() + 1);
        List<Column> parts = List.of(column.slice(middle, column.length() - middle), column, column.slice(0, middle));
        try {
            ColumnConcatenation.concatenate(parts, memory.allocator())
                    .data()
                    .memory()
                    .release();
        } catch (ArithmeticException outgrown) {
            // Three times as long is too long for the narrowest run ends and offsets.
        }
    }

    // ---- batches

    private void write(RecordBatch batch) throws IOException {
        Compression compression = random.nextBoolean() ? Compression.NONE : Compression.LZ4_FRAME;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        IpcWriteOptions options = IpcWriteOptions.defaults().withCompression(compression);
        try (IpcStreamWriter out = IpcStreamWriter.open(Channels.newChannel(bytes), batch.schema(), options)) {
            out.write(batch);
        }
        // Whatever the values, the structure of what was written is right.
        try (BatchReader in = Ipc.openStream(bytes.toByteArray(), memory.allocator(), STRUCTURE)) {
            if (!in.next()) {
                throw new AssertionError("the batch was not written");
            }
        }
    }

    /** With a good batch in front, so that dictionaries have changed, and have to be unified. */
    private void writeFile(RecordBatch batch, RecordBatch good) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        IpcWriteOptions options = IpcWriteOptions.defaults().withFileDictionaries(DictionaryPolicy.UNIFY);
        boolean refused = false;
        try (IpcFileWriter out = IpcFileWriter.open(Channels.newChannel(bytes), batch.schema(), options)) {
            out.write(good);
            try {
                out.write(batch);
            } catch (InvalidValueException e) {
                refused = true;
            }
        }
        if (!refused) {
            try (IpcFileReader in =
                    IpcFileReader.open(new InMemoryFile(bytes.toByteArray()), memory.allocator(), STRUCTURE)) {
                in.read(1).close();
            }
        }
    }

    private void encode(RecordBatch batch) throws IOException {
        try (MessageEncoder encoder =
                MessageEncoder.create(batch.schema(), memory.allocator(), IpcWriteOptions.defaults())) {
            for (EncodedMessage message : encoder.encode(batch)) {
                try (message) {
                    message.toBytes();
                }
            }
        }
    }

    private void bridge(RecordBatch batch) throws IOException {
        try (ArrowBatch arrow = ArrowBatches.toRoot(batch, memory.allocator(), ArrowConversion.WIDEN);
                RecordBatch back = ArrowBatches.borrow(arrow.root(), arrow.dictionaries())) {
            Schema schema = back.schema();
            for (int i = 0; i < schema.columnCount(); i++) {
                useRows(back.column(i));
            }
            attempt(() -> write(back));
        }
    }
}
