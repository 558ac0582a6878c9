package io.lightstream.formats.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lightstream.codec.Column;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** Writes the elements of {@code DATA} arrays. */
final class ValueWriter {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final JsonGenerator out;

    ValueWriter(JsonGenerator out) {
        this.out = out;
    }

    @FunctionalInterface
    private interface RowWriter {
        void write(long row) throws IOException;
    }

    /** Writes indices into a dictionary, each {@code base} higher. */
    void writeIndices(Rows rows, Field field, long base) throws IOException {
        boolean asText = field.storageType().byteWidth() == Long.BYTES;
        for (long i = 0; i < rows.count(); i++) {
            long index = rows.isValid(i) ? base + rows.column().valueIndex(rows.from() + i) : 0;
            writeInteger(index, asText);
        }
    }

    private void writeInteger(long value, boolean asText) throws IOException {
        if (asText) {
            out.writeString(Long.toString(value));
        } else {
            out.writeNumber(value);
        }
    }

    void write(Rows rows) throws IOException {
        Column column = rows.column();
        DataType type = column.type();
        switch (type.id()) {
            case BOOL ->
                writeRows(rows, row -> out.writeBoolean(column.getBoolean(row)), () -> out.writeBoolean(false));
            case INT, DATE, TIME, TIMESTAMP, DURATION -> writeIntegers(rows);
            case FLOATING_POINT -> writeFloats(rows);
            case DECIMAL ->
                writeRows(
                        rows,
                        row -> out.writeString(
                                column.getDecimal(row).unscaledValue().toString()),
                        () -> out.writeString("0"));
            case INTERVAL -> writeIntervals(rows, ((DataType.Interval) type).unit());
            case UTF8, LARGE_UTF8 ->
                writeRows(rows, row -> out.writeString(column.getString(row)), () -> out.writeString(""));
            case BINARY, LARGE_BINARY -> writeHex(rows, 0);
            case FIXED_SIZE_BINARY -> writeFixedHex(rows, type.byteWidth());
            default -> throw new AssertionError(type + " has no DATA");
        }
    }

    @FunctionalInterface
    private interface NullWriter {
        void write() throws IOException;
    }

    private static void writeRows(Rows rows, RowWriter valid, NullWriter absent) throws IOException {
        for (long i = 0; i < rows.count(); i++) {
            if (rows.isValid(i)) {
                valid.write(rows.from() + i);
            } else {
                absent.write();
            }
        }
    }

    private void writeIntegers(Rows rows) throws IOException {
        Column column = rows.column();
        boolean asText = column.type().byteWidth() == Long.BYTES;
        if (asText && column.type() instanceof DataType.Int integers && !integers.signed()) {
            writeRows(
                    rows,
                    row -> out.writeString(Long.toUnsignedString(column.getLong(row))),
                    () -> out.writeString("0"));
        } else {
            writeRows(rows, row -> writeInteger(column.getLong(row), asText), () -> writeInteger(0, asText));
        }
    }

    private void writeFloats(Rows rows) throws IOException {
        Column column = rows.column();
        if (column.type().byteWidth() == Double.BYTES) {
            writeRows(rows, row -> out.writeNumber(column.getDouble(row)), () -> out.writeNumber(0.0));
        } else {
            writeRows(rows, row -> out.writeNumber(column.getFloat(row)), () -> out.writeNumber(0.0f));
        }
    }

    /** A width alone may be any number: it counts where there is a value of it. */
    private void writeFixedHex(Rows rows, int width) throws IOException {
        if (rows.count() > 0) {
            writeHex(rows, TextLimit.require("values", rows.column(), width));
        }
    }

    private void writeHex(Rows rows, int bytesOfNull) throws IOException {
        Column column = rows.column();
        writeRows(
                rows,
                row -> out.writeString(HEX.formatHex(column.getBytes(row))),
                () -> out.writeString("00".repeat(bytesOfNull)));
    }

    private void writeIntervals(Rows rows, DataType.IntervalUnit unit) throws IOException {
        Column column = rows.column();
        byte[] zeros = new byte[column.type().byteWidth()];
        switch (unit) {
            case YEAR_MONTH -> writeIntegers(rows);
            case DAY_TIME -> writeRows(rows, row -> writeDayTime(column.getBytes(row)), () -> writeDayTime(zeros));
            case MONTH_DAY_NANO ->
                writeRows(rows, row -> writeMonthDayNano(column.getBytes(row)), () -> writeMonthDayNano(zeros));
        }
    }

    private void writeDayTime(byte[] bytes) throws IOException {
        ByteBuffer interval = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.writeStartObject();
        out.writeNumberField("days", interval.getInt());
        out.writeNumberField("milliseconds", interval.getInt());
        out.writeEndObject();
    }

    private void writeMonthDayNano(byte[] bytes) throws IOException {
        ByteBuffer interval = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.writeStartObject();
        out.writeNumberField("months", interval.getInt());
        out.writeNumberField("days", interval.getInt());
        out.writeNumberField("nanoseconds", interval.getLong());
        out.writeEndObject();
    }
}
