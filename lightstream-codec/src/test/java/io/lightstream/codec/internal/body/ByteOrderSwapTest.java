package io.lightstream.codec.internal.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.flatbuffers.FlatBufferBuilder;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.metadata.MessageMetadata;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DataType.IntervalUnit;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Buffers of a big-endian producer, one layout at a time. */
class ByteOrderSwapTest {
    private final InputSite site = new InputSite("test");

    /** Swaps the buffers of a column of one node and gives them back, little-endian. */
    private ByteBuffer[] swap(Field field, int rows, ByteBuffer... buffers) throws LightstreamException {
        SchemaPlan plan = SchemaPlan.of(Schema.of(field));
        boolean views = field.type() instanceof DataType.BinaryView;
        BatchLayout layout = new BatchLayout(plan);
        layout.read(header(rows, buffers.length, views), false, site);
        BodyBuffers body = new BodyBuffers();
        body.reset(layout);
        for (int i = 0; i < buffers.length; i++) {
            body.set(i, NativeMemory.addressOf(buffers[i]), buffers[i].capacity());
        }
        ByteOrderSwap.toLittleEndian(layout, body, 0, 1);
        for (ByteBuffer buffer : buffers) {
            buffer.clear().order(ByteOrder.LITTLE_ENDIAN);
        }
        return buffers;
    }

    private io.lightstream.codec.internal.metadata.BatchHeader header(int rows, int buffers, boolean views)
            throws LightstreamException {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        RecordBatch.startNodesVector(builder, 1);
        FieldNode.createFieldNode(builder, rows, 0);
        int nodes = builder.endVector();
        RecordBatch.startBuffersVector(builder, buffers);
        for (int i = 0; i < buffers; i++) {
            org.apache.arrow.flatbuf.Buffer.createBuffer(builder, 0, 0);
        }
        int ranges = builder.endVector();
        int counts =
                RecordBatch.createVariadicBufferCountsVector(builder, views ? new long[] {buffers - 2L} : new long[0]);
        RecordBatch.startRecordBatch(builder);
        RecordBatch.addLength(builder, rows);
        RecordBatch.addNodes(builder, nodes);
        RecordBatch.addBuffers(builder, ranges);
        RecordBatch.addVariadicBufferCounts(builder, counts);
        int batch = RecordBatch.endRecordBatch(builder);
        Message.startMessage(builder);
        Message.addHeaderType(builder, MessageHeader.RecordBatch);
        Message.addHeader(builder, batch);
        Message.addVersion(builder, MetadataVersion.V5);
        builder.finish(Message.endMessage(builder));
        MessageMetadata metadata = new MessageMetadata(ReadLimits.defaults(), site);
        ByteBuffer bytes = ByteBuffer.wrap(builder.sizedByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(metadata.read(bytes)).isEqualTo(MessageMetadata.Kind.RECORD_BATCH);
        return metadata.batch();
    }

    /** A bitmap that has no byte order, which must stay as it is. */
    private static ByteBuffer bitmap() {
        return bytes(5, 0);
    }

    private static ByteBuffer bytes(int... bytes) {
        ByteBuffer buffer = bigEndian(bytes.length);
        for (int value : bytes) {
            buffer.put((byte) value);
        }
        return buffer;
    }

    private static ByteBuffer bigEndian(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.BIG_ENDIAN);
    }

    @ParameterizedTest
    @CsvSource({"32, 9", "64, 18", "128, 38", "256, 76"})
    void decimals(int bits, int precision) throws LightstreamException {
        Field field = Field.of("v", new DataType.Decimal(precision, 2, bits));
        BigInteger[] values = {
            new BigInteger("9".repeat(precision)),
            BigInteger.ONE.negate(),
            new BigInteger("-1234567").pow(precision / 9)
        };
        int width = bits / 8;
        ByteBuffer data = bigEndian(values.length * width);
        for (BigInteger value : values) {
            byte[] padded = new byte[width];
            java.util.Arrays.fill(padded, (byte) (value.signum() < 0 ? -1 : 0));
            byte[] bytes = value.toByteArray();
            System.arraycopy(bytes, 0, padded, width - bytes.length, bytes.length);
            data.put(padded);
        }
        ByteBuffer[] swapped = swap(field, values.length, bitmap(), data);
        for (int i = 0; i < values.length; i++) {
            byte[] reversed = new byte[width];
            for (int at = 0; at < width; at++) {
                reversed[width - 1 - at] = swapped[1].get(i * width + at);
            }
            assertThat(new BigInteger(reversed)).isEqualTo(values[i]);
        }
        assertThat(swapped[0].get(0)).isEqualTo((byte) 5);
    }

    @Test
    void intervals() throws LightstreamException {
        ByteBuffer months = swap(
                interval(IntervalUnit.YEAR_MONTH), 1, bitmap(), bigEndian(4).putInt(-14))[1];
        assertThat(months.getInt()).isEqualTo(-14);
        ByteBuffer days = swap(
                interval(IntervalUnit.DAY_TIME),
                1,
                bitmap(),
                bigEndian(8).putInt(3).putInt(-500))[1];
        assertThat(days.getInt()).isEqualTo(3);
        assertThat(days.getInt()).isEqualTo(-500);
        ByteBuffer parts = bigEndian(32)
                .putInt(1)
                .putInt(-2)
                .putLong(3L << 40)
                .putInt(4)
                .putInt(5)
                .putLong(-6);
        ByteBuffer nanos = swap(interval(IntervalUnit.MONTH_DAY_NANO), 2, bitmap(), parts)[1];
        assertThat(nanos.getInt()).isEqualTo(1);
        assertThat(nanos.getInt()).isEqualTo(-2);
        assertThat(nanos.getLong()).isEqualTo(3L << 40);
        assertThat(nanos.getInt()).isEqualTo(4);
        assertThat(nanos.getInt()).isEqualTo(5);
        assertThat(nanos.getLong()).isEqualTo(-6);
    }

    private static Field interval(IntervalUnit unit) {
        return Field.of("v", new DataType.Interval(unit));
    }

    /** Short values lie inside of a view, as bytes; long ones have a prefix of bytes, and two numbers. */
    @Test
    void views() throws LightstreamException {
        ByteBuffer views = bigEndian(48);
        views.putInt(12).put("twelve bytes".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        views.putInt(13).putInt(0x61626364).putInt(1).putInt(77);
        views.putInt(0).putInt(0x01020304).putLong(0);
        ByteBuffer data = bytes(1, 2, 3, 4, 5, 6, 7, 8);
        ByteBuffer[] swapped = swap(Field.of("v", new DataType.BinaryView()), 3, bitmap(), views, data, bytes(9));
        assertThat(swapped[1].getInt(0)).isEqualTo(12);
        assertThat(swapped[1].get(4)).isEqualTo((byte) 't');
        assertThat(swapped[1].get(15)).isEqualTo((byte) 's');
        assertThat(swapped[1].getInt(16)).isEqualTo(13);
        assertThat(swapped[1].get(20)).isEqualTo((byte) 0x61);
        assertThat(swapped[1].getInt(24)).isEqualTo(1);
        assertThat(swapped[1].getInt(28)).isEqualTo(77);
        assertThat(swapped[1].getInt(32)).isZero();
        assertThat(swapped[1].get(36)).isEqualTo((byte) 1);
        assertThat(swapped[2].getLong(0)).isEqualTo(0x0807060504030201L);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32, 64})
    void integersAndDictionaryIndices(int bits) throws LightstreamException {
        DataType.Int type = new DataType.Int(bits, true);
        Field indices = Field.of("v", new DataType.Utf8()).withDictionary(new DictionaryEncoding(1, type, false));
        for (Field field : new Field[] {Field.of("v", type), indices}) {
            ByteBuffer data = bigEndian(2 * bits / 8);
            put(data, 0x0102030405060708L, bits);
            put(data, -2, bits);
            ByteBuffer swapped = swap(field, 2, bitmap(), data)[1];
            assertThat(get(swapped, bits)).isEqualTo(0x0102030405060708L << (64 - bits) >> (64 - bits));
            assertThat(get(swapped, bits)).isEqualTo(-2);
        }
    }

    private static void put(ByteBuffer buffer, long value, int bits) {
        switch (bits) {
            case 8 -> buffer.put((byte) value);
            case 16 -> buffer.putShort((short) value);
            case 32 -> buffer.putInt((int) value);
            default -> buffer.putLong(value);
        }
    }

    private static long get(ByteBuffer buffer, int bits) {
        return switch (bits) {
            case 8 -> buffer.get();
            case 16 -> buffer.getShort();
            case 32 -> buffer.getInt();
            default -> buffer.getLong();
        };
    }

    @Test
    void offsetsButNotBytes() throws LightstreamException {
        ByteBuffer[] text = swap(
                Field.of("v", new DataType.Utf8()),
                1,
                bitmap(),
                bigEndian(8).putInt(0).putInt(258),
                bytes(1, 2, 3, 4));
        assertThat(text[1].getInt(4)).isEqualTo(258);
        assertThat(text[2].getInt(0)).isEqualTo(0x04030201);
        ByteBuffer[] large = swap(
                Field.of("v", new DataType.LargeUtf8()),
                1,
                bitmap(),
                bigEndian(16).putLong(0).putLong(1L << 33),
                bytes(1));
        assertThat(large[1].getLong(8)).isEqualTo(1L << 33);
        ByteBuffer[] fixed = swap(Field.of("v", new DataType.FixedSizeBinary(4)), 1, bitmap(), bytes(1, 2, 3, 4));
        assertThat(fixed[1].getInt(0)).isEqualTo(0x04030201);
    }
}
