package io.lightstream.codec.internal.metadata;

import io.lightstream.codec.internal.metadata.TableShape.Scalar;
import io.lightstream.codec.internal.metadata.TableShape.Scalars;
import io.lightstream.codec.internal.metadata.TableShape.Table;
import io.lightstream.codec.internal.metadata.TableShape.Tables;
import io.lightstream.codec.internal.metadata.TableShape.Text;
import io.lightstream.codec.internal.metadata.TableShape.Union;
import java.util.List;

/** Shapes of the tables of Schema.fbs, Message.fbs and File.fbs. */
final class ArrowShapes {
    private static final Scalar BYTE = new Scalar(1);
    private static final Scalar SHORT = new Scalar(2);
    private static final Scalar INT = new Scalar(4);
    private static final Scalar LONG = new Scalar(8);
    private static final Text TEXT = new Text();
    private static final int FIELD_NODE_BYTES = 16;
    private static final int BUFFER_BYTES = 16;
    private static final int BLOCK_BYTES = 24;

    private static final TableShape KEY_VALUE =
            new TableShape("KeyValue").with(TEXT, TEXT).requiring(0, 1);
    private static final TableShape INT_TYPE = new TableShape("Int").with(INT, BYTE);
    private static final TableShape NO_PARAMETERS = new TableShape("type");
    private static final TableShape ONE_SHORT = new TableShape("type").with(SHORT);
    private static final TableShape ONE_INT = new TableShape("type").with(INT);

    /** Members of the union Type, from 1. */
    private static final List<TableShape> TYPES = List.of(
            NO_PARAMETERS, // Null
            INT_TYPE,
            ONE_SHORT, // FloatingPoint: precision
            NO_PARAMETERS, // Binary
            NO_PARAMETERS, // Utf8
            NO_PARAMETERS, // Bool
            new TableShape("Decimal").with(INT, INT, INT),
            ONE_SHORT, // Date: unit
            new TableShape("Time").with(SHORT, INT),
            new TableShape("Timestamp").with(SHORT, TEXT),
            ONE_SHORT, // Interval: unit
            NO_PARAMETERS, // List
            NO_PARAMETERS, // Struct
            new TableShape("Union").with(SHORT, new Scalars(Integer.BYTES)),
            ONE_INT, // FixedSizeBinary: byteWidth
            ONE_INT, // FixedSizeList: listSize
            new TableShape("Map").with(BYTE),
            ONE_SHORT, // Duration: unit
            NO_PARAMETERS, // LargeBinary
            NO_PARAMETERS, // LargeUtf8
            NO_PARAMETERS, // LargeList
            NO_PARAMETERS, // RunEndEncoded
            NO_PARAMETERS, // BinaryView
            NO_PARAMETERS, // Utf8View
            NO_PARAMETERS, // ListView
            NO_PARAMETERS); // LargeListView

    private static final TableShape DICTIONARY_ENCODING =
            new TableShape("DictionaryEncoding").with(LONG, new Table(INT_TYPE), BYTE, SHORT);
    private static final TableShape FIELD = new TableShape("Field");

    static {
        FIELD.with(
                TEXT,
                BYTE,
                BYTE,
                new Union(TYPES),
                new Table(DICTIONARY_ENCODING),
                new Tables(FIELD),
                new Tables(KEY_VALUE));
    }

    private static final TableShape SCHEMA = new TableShape("Schema")
            .with(SHORT, new Tables(FIELD), new Tables(KEY_VALUE), new Scalars(Long.BYTES))
            .requiring(1);
    private static final TableShape RECORD_BATCH = new TableShape("RecordBatch")
            .with(
                    LONG,
                    new Scalars(FIELD_NODE_BYTES),
                    new Scalars(BUFFER_BYTES),
                    new Table(new TableShape("BodyCompression").with(BYTE, BYTE)),
                    new Scalars(Long.BYTES));
    private static final TableShape DICTIONARY_BATCH =
            new TableShape("DictionaryBatch").with(LONG, new Table(RECORD_BATCH), BYTE);

    /** Root of a message; tensors are left unverified, because they are refused unread. */
    static final TableShape MESSAGE = new TableShape("Message")
            .with(SHORT, BYTE, new Union(List.of(SCHEMA, DICTIONARY_BATCH, RECORD_BATCH)), LONG, new Tables(KEY_VALUE));

    /** Root of a file's footer. */
    static final TableShape FOOTER = new TableShape("Footer")
            .with(SHORT, new Table(SCHEMA), new Scalars(BLOCK_BYTES), new Scalars(BLOCK_BYTES), new Tables(KEY_VALUE));

    private ArrowShapes() {}
}
