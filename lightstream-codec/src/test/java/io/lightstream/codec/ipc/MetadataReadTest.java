package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.flatbuffers.FlatBufferBuilder;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.LimitExceededException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Null;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Struct_;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.UnionMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Schemas whose flatbuffers share, nest or repeat their parts until reading them would never end. */
class MetadataReadTest {
    private LightstreamMemory memory;

    @BeforeEach
    void open() {
        memory = LightstreamMemory.create();
    }

    @AfterEach
    void close() {
        memory.close();
    }

    /** A schema message of the fields that {@code fields} makes a vector of. */
    private static ByteBuffer schema(ToIntFunction<FlatBufferBuilder> fields) {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int vector = fields.applyAsInt(builder);
        Schema.startSchema(builder);
        Schema.addFields(builder, vector);
        return message(builder, Schema.endSchema(builder));
    }

    private static ByteBuffer message(FlatBufferBuilder builder, int schema) {
        Message.startMessage(builder);
        Message.addHeaderType(builder, MessageHeader.Schema);
        Message.addHeader(builder, schema);
        Message.addVersion(builder, MetadataVersion.V5);
        builder.finish(Message.endMessage(builder));
        return builder.dataBuffer().slice();
    }

    /** A schema message without fields, or with metadata whose only entry lacks its key or its value. */
    private static ByteBuffer incomplete(boolean fields, boolean key, boolean value) {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int text = builder.createString("text");
        KeyValue.startKeyValue(builder);
        if (key) {
            KeyValue.addKey(builder, text);
        }
        if (value) {
            KeyValue.addValue(builder, text);
        }
        int metadata = Schema.createCustomMetadataVector(builder, new int[] {KeyValue.endKeyValue(builder)});
        int vector = Schema.createFieldsVector(builder, new int[0]);
        Schema.startSchema(builder);
        if (fields) {
            Schema.addFields(builder, vector);
        }
        Schema.addCustomMetadata(builder, metadata);
        return message(builder, Schema.endSchema(builder));
    }

    private static int nullField(FlatBufferBuilder builder, int name) {
        Null.startNull(builder);
        int type = Null.endNull(builder);
        return field(builder, name, Type.Null, type, 0);
    }

    private static int field(FlatBufferBuilder builder, int name, byte kind, int type, int children) {
        Field.startField(builder);
        if (name != 0) {
            Field.addName(builder, name);
        }
        Field.addTypeType(builder, kind);
        Field.addType(builder, type);
        Field.addNullable(builder, true);
        if (children != 0) {
            Field.addChildren(builder, children);
        }
        return Field.endField(builder);
    }

    private static int struct(FlatBufferBuilder builder, int... children) {
        int vector = Field.createChildrenVector(builder, children);
        Struct_.startStruct_(builder);
        int type = Struct_.endStruct_(builder);
        return field(builder, 0, Type.Struct_, type, vector);
    }

    private io.lightstream.codec.schema.Schema decode(ByteBuffer metadata) throws LightstreamException {
        try (IpcMessageDecoder decoder = IpcMessageDecoder.open(memory.allocator(), Ipc.READ)) {
            decoder.decode(metadata, ByteBuffer.allocate(0));
            return decoder.schema().orElseThrow();
        }
    }

    private static ByteBuffer nested(int depth, IntUnaryOperator width) {
        return schema(builder -> {
            int field = nullField(builder, 0);
            for (int i = 0; i < depth; i++) {
                int[] children = new int[width.applyAsInt(i)];
                Arrays.fill(children, field);
                field = struct(builder, children);
            }
            return Schema.createFieldsVector(builder, new int[] {field});
        });
    }

    @Test
    void fieldsNestAsDeepAsAllowed() throws LightstreamException {
        assertThat(decode(nested(63, i -> 1)).columnCount()).isOne();
        assertThatThrownBy(() -> decode(nested(64, i -> 1)))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage("[test @0] maxNesting: expected at most 64, found 65");
        assertThatThrownBy(() -> decode(nested(10_000, i -> 1)))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("maxNesting");
    }

    @Test
    void whatNothingCanBeReadWithoutMustBeThere() throws LightstreamException {
        assertThat(decode(incomplete(true, true, true)).metadata()).containsEntry("text", "text");
        assertThatThrownBy(() -> decode(incomplete(false, true, true)))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessage("[test @0] metadata, Schema: member 1: expected one, found none");
        assertThatThrownBy(() -> decode(incomplete(true, false, true)))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessage("[test @0] metadata, KeyValue: member 0: expected one, found none");
        assertThatThrownBy(() -> decode(incomplete(true, true, false)))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessage("[test @0] metadata, KeyValue: member 1: expected one, found none");
    }

    /** A schema message of one column, as {@link Tables#INT}, whose bodies have this byte order. */
    private static ByteBuffer integers(int endianness) {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int name = builder.createString("v");
        int type = Int.createInt(builder, 32, true);
        Field.startField(builder);
        Field.addName(builder, name);
        Field.addTypeType(builder, Type.Int);
        Field.addType(builder, type);
        int fields = Schema.createFieldsVector(builder, new int[] {Field.endField(builder)});
        return message(builder, Schema.createSchema(builder, (short) endianness, fields, 0, 0));
    }

    private int firstValue(int endianness, byte[] stream) throws IOException {
        Patch batch = Patch.of(stream, 1);
        try (IpcMessageDecoder decoder = IpcMessageDecoder.open(memory.allocator(), Ipc.READ)) {
            decoder.decode(integers(endianness), ByteBuffer.allocate(0));
            ByteBuffer message = ByteBuffer.wrap(stream, batch.position(), batch.end() - batch.position());
            try (RecordBatch read = ((IpcMessage.RecordBatch) decoder.decode(message)).batch()) {
                return read.column(0).getInt(0);
            }
        }
    }

    /** A fuzz file of the corpora says 12, and pyarrow reads it as big-endian. */
    @Test
    void whatIsNotLittleEndianIsBigEndian() throws IOException {
        byte[] stream;
        try (RecordBatch batch = Tables.column(memory.allocator(), Tables.INT, 0x01020304)) {
            stream = Ipc.stream(batch);
        }
        assertThat(firstValue(0, stream)).isEqualTo(0x01020304);
        for (int endianness : new int[] {1, 12, -1}) {
            assertThat(firstValue(endianness, stream)).isEqualTo(0x04030201);
        }
    }

    /** 2^40 fields out of 2 KB. */
    @Test
    void sharedTablesDoNotMultiply() {
        org.junit.jupiter.api.Assertions.assertTimeout(
                Duration.ofSeconds(10),
                () -> assertThatThrownBy(() -> decode(nested(40, i -> 2)))
                        .isInstanceOf(MalformedStreamException.class)
                        .hasMessageContaining("shared"));
    }

    /** A vector of fields that holds its own parent. */
    @Test
    void loopsEnd() {
        ByteBuffer metadata = nested(2, i -> 1);
        byte[] bytes = new byte[metadata.remaining()];
        metadata.duplicate().get(bytes);
        Flatbuffer outer = Flatbuffer.root(bytes, 0).table(2).element(1, 0);
        int element = outer.vector(5) + Integer.BYTES;
        int self = outer.position();
        ByteBuffer patched = ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        // Offsets are unsigned, so one that leads back runs out of the buffer.
        patched.putInt(element, self - element);
        assertThatThrownBy(() -> decode(patched)).isInstanceOf(MalformedStreamException.class);
    }

    /** One long name for many fields would take gigabytes of heap out of a megabyte of metadata. */
    @Test
    void sharedNamesDoNotMultiply() {
        ByteBuffer metadata = schema(builder -> {
            int field = nullField(builder, builder.createString("x".repeat(1 << 20)));
            int[] fields = new int[1 << 16];
            Arrays.fill(fields, field);
            return Schema.createFieldsVector(builder, fields);
        });
        assertThatThrownBy(() -> decode(metadata))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageStartingWith("[test @0] maxMetadataBytes (text): expected at most 16777216, found ");
    }

    /** Of its table nothing was verified, not even where it lies. */
    @Test
    void typesOfUnknownKindAreNotLookedAt() {
        for (int kind : new int[] {27, 127, 255}) {
            ByteBuffer metadata = ofKind(kind);
            assertThatThrownBy(() -> decode(metadata))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessage(
                            "[test @0] kind of type of field '': expected at most 26 (LargeListView), found " + kind);
        }
        assertThatThrownBy(() -> decode(ofKind(0)))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessage("[test @0] type of field '': expected one, found none");
    }

    private static ByteBuffer ofKind(int kind) {
        ByteBuffer metadata = schema(builder -> Schema.createFieldsVector(builder, new int[] {nullField(builder, 0)}));
        byte[] bytes = new byte[metadata.remaining()];
        metadata.get(bytes);
        Flatbuffer field = Flatbuffer.root(bytes, 0).table(2).element(1, 0);
        bytes[field.at(2)] = (byte) kind;
        ByteBuffer patched = ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        return patched.putInt(field.at(3), 0x7FFF_FF00);
    }

    /** Readers look for the keys among the children of the entries, of which indices have none. */
    @Test
    void entriesOfMapsAreNoIndices() throws LightstreamException {
        assertThat(decode(mapOf(false)).field(0).children()).hasSize(1);
        assertThatThrownBy(() -> decode(mapOf(true)))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessageStartingWith("[test @0] field 'm': expected what the format allows, found child of a map:"
                        + " expected a struct of two, found : dictionary<int32, struct<");
    }

    private static ByteBuffer mapOf(boolean dictionary) {
        return schema(builder -> {
            int encoding =
                    dictionary ? DictionaryEncoding.createDictionaryEncoding(builder, 1, 0, false, (short) 0) : 0;
            int keys = nullField(builder, builder.createString("k"));
            int values = nullField(builder, builder.createString("v"));
            int children = Field.createChildrenVector(builder, new int[] {keys, values});
            Struct_.startStruct_(builder);
            int struct = Struct_.endStruct_(builder);
            Field.startField(builder);
            Field.addTypeType(builder, Type.Struct_);
            Field.addType(builder, struct);
            Field.addChildren(builder, children);
            if (dictionary) {
                Field.addDictionary(builder, encoding);
            }
            int entries = Field.createChildrenVector(builder, new int[] {Field.endField(builder)});
            int map = org.apache.arrow.flatbuf.Map.createMap(builder, false);
            int name = builder.createString("m");
            return Schema.createFieldsVector(builder, new int[] {field(builder, name, Type.Map, map, entries)});
        });
    }

    /** One id for two children leaves one of them out of reach, and nobody agrees on which. */
    @Test
    void eachChildOfAUnionHasATypeIdOfItsOwn() throws LightstreamException {
        assertThat(decode(union(7, 3)).field(0).type()).hasToString("dense_union[7, 3]");
        assertThatThrownBy(() -> decode(union(5, 5)))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessage("[test @0] field 'u': expected what the format allows, found union type id 5: expected one"
                        + " for each child, found it twice");
    }

    private static ByteBuffer union(int... ids) {
        return schema(builder -> {
            int typeIds = org.apache.arrow.flatbuf.Union.createTypeIdsVector(builder, ids);
            int type = org.apache.arrow.flatbuf.Union.createUnion(builder, UnionMode.Dense, typeIds);
            int one = nullField(builder, 0);
            int children = Field.createChildrenVector(builder, new int[] {one, nullField(builder, 0)});
            int name = builder.createString("u");
            return Schema.createFieldsVector(builder, new int[] {field(builder, name, Type.Union, type, children)});
        });
    }

    @Test
    void sharedTypeIdsDoNotMultiply() {
        ByteBuffer metadata = schema(builder -> {
            int typeIds = org.apache.arrow.flatbuf.Union.createTypeIdsVector(builder, new int[1 << 20]);
            org.apache.arrow.flatbuf.Union.startUnion(builder);
            org.apache.arrow.flatbuf.Union.addTypeIds(builder, typeIds);
            int type = org.apache.arrow.flatbuf.Union.endUnion(builder);
            int union = field(builder, 0, Type.Union, type, 0);
            int[] fields = new int[1 << 16];
            Arrays.fill(fields, union);
            return Schema.createFieldsVector(builder, fields);
        });
        org.junit.jupiter.api.Assertions.assertTimeout(
                Duration.ofSeconds(10),
                () -> assertThatThrownBy(() -> decode(metadata)).isInstanceOf(MalformedStreamException.class));
    }

    @Test
    void fieldsAreLimited() {
        ByteBuffer metadata = schema(builder -> {
            int[] fields = new int[11];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = nullField(builder, 0);
            }
            return Schema.createFieldsVector(builder, fields);
        });
        IpcReadOptions options = Ipc.READ.withLimits(Ipc.READ.limits().withMaxFields(10));
        try (IpcMessageDecoder decoder = IpcMessageDecoder.open(memory.allocator(), options)) {
            assertThatThrownBy(() -> decoder.decode(metadata, ByteBuffer.allocate(0)))
                    .isInstanceOf(LimitExceededException.class)
                    .hasMessage("[test @0] maxFields: expected at most 10, found 11");
        }
    }
}
