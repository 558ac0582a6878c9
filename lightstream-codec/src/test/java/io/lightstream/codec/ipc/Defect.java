package io.lightstream.codec.ipc;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.LimitExceededException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.build.UnionBuilder.Tagged;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DataType.UnionMode;
import io.lightstream.codec.schema.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One lie in a stream of one column that is right otherwise.
 *
 * @param compression of the stream before the lie
 * @param message that lies
 * @param error that has to come
 * @param says part of its message
 */
public record Defect(
        String name,
        Field field,
        List<Object> values,
        Compression compression,
        int message,
        Consumer<Patch> lie,
        Class<? extends LightstreamException> error,
        String says) {
    private static final Class<MalformedStreamException> MALFORMED = MalformedStreamException.class;
    private static final Class<LimitExceededException> LIMIT = LimitExceededException.class;
    private static final Field LARGE_TEXT = Field.of("v", new DataType.LargeUtf8());
    private static final Field VIEW = Field.of("v", new DataType.Utf8View());
    private static final Field LIST = Field.of("v", new DataType.ListType(), Tables.INT);
    private static final Field LIST_VIEW = Field.of("v", new DataType.ListView(), Tables.INT);
    private static final Field LARGE_LIST_VIEW = Field.of("v", new DataType.LargeListView(), Tables.INT);
    private static final Field STRUCT = Field.of("v", new DataType.Struct(), Tables.INT);
    private static final Field FIXED_LIST = Field.of("v", new DataType.FixedSizeList(2), Tables.INT);
    private static final List<Object> INTS = Arrays.asList(1, 2, null, 4);
    private static final List<Object> TEXTS = Arrays.asList("one", null, "three", "four");
    private static final List<Object> LONG_TEXTS =
            List.of("short", "a text too long to be inline", "another one of those");
    private static final List<Object> LISTS = List.of(List.of(1, 2), List.of(), List.of(3));

    public static Stream<Defect> all() {
        List<Defect> all = new ArrayList<>();
        framing(all);
        counts(all);
        ranges(all);
        offsets(all);
        maps(all);
        views(all);
        unions(all);
        runEnds(all);
        dictionaries(all);
        compression(all);
        return all.stream();
    }

    private static void framing(List<Defect> all) {
        ints(all, "metadata length negative", p -> p.metadataLength(-16), MALFORMED, "metadata length");
        ints(all, "metadata length huge", p -> p.metadataLength(Integer.MAX_VALUE), LIMIT, "maxMetadataBytes");
        ints(all, "metadata length tiny", p -> p.metadataLength(4), MALFORMED, "metadata");
        ints(all, "metadata length cuts the flatbuffer", p -> p.metadataLength(64), MALFORMED, "metadata");
        ints(all, "root outside", p -> p.putInt(p.metadata(), 1 << 20), MALFORMED, "metadata");
        ints(all, "root negative", p -> p.putInt(p.metadata(), -8), MALFORMED, "metadata");
        ints(all, "root unaligned", p -> p.putInt(p.metadata(), p.getInt(p.metadata()) + 1), MALFORMED, "metadata");
        ints(all, "version unknown", p -> p.putShort(p.root().at(0), 5), MALFORMED, "metadata version");
        ints(
                all,
                "version V3",
                p -> p.putShort(p.root().at(0), 2),
                UnsupportedFeatureException.class,
                "metadata version");
        ints(all, "message of kind 0", p -> p.putByte(p.root().at(1), 0), MALFORMED, "kind of message");
        ints(all, "message of kind 9", p -> p.putByte(p.root().at(1), 9), MALFORMED, "kind of message");
        ints(all, "tensor", p -> p.putByte(p.root().at(1), 4), UnsupportedFeatureException.class, "Tensor");
        ints(all, "body length negative", p -> p.bodyLength(-64), MALFORMED, "body length");
        ints(all, "body length huge", p -> p.bodyLength(Long.MAX_VALUE), LIMIT, "maxBodyBytes");
        ints(all, "body longer than the stream", p -> p.bodyLength(1 << 20), TruncatedStreamException.class, "");
        ints(all, "body shorter than its buffers", p -> p.bodyLength(8), MALFORMED, "range of buffer");
    }

    private static void counts(List<Defect> all) {
        ints(all, "rows negative", p -> p.rows(-1), MALFORMED, "rows of a record batch");
        ints(all, "rows huge", p -> p.rows(Long.MAX_VALUE), LIMIT, "maxRows");
        ints(all, "rows other than those of the column", p -> p.rows(3), MALFORMED, "rows of column 'v'");
        ints(all, "no nodes", p -> p.nodeCount(0), MALFORMED, "field nodes");
        ints(all, "count of nodes outside", p -> p.nodeCount(1 << 28), MALFORMED, "metadata");
        ints(all, "count of nodes negative", p -> p.nodeCount(-1), MALFORMED, "metadata");
        ints(all, "too few buffers", p -> p.bufferCount(1), MALFORMED, "buffers of the record batch");
        ints(all, "node longer", p -> p.rows(5).node(0, 5, 1), MALFORMED, "buffer of field 'v'");
        ints(all, "node huge", p -> p.rows(1L << 39).node(0, 1L << 39, 1), MALFORMED, "buffer of field 'v'");
        ints(all, "node negative", p -> p.node(0, -4, 0), MALFORMED, "rows of");
        ints(all, "null count negative", p -> p.node(0, 4, -2), MALFORMED, "null count");
        ints(all, "null count above the rows", p -> p.node(0, 4, 5), MALFORMED, "null count");
        ints(all, "nulls without a bitmap", p -> p.buffer(0, 0, 0), MALFORMED, "VALIDITY buffer");
        add(all, "child too short", STRUCT, List.of(List.of(1), List.of(2)), p -> p.node(1, 1, 0), "rows of child");
        add(all, "child negative", LIST, LISTS, p -> p.node(1, -1, 0), "rows of field");
        add(
                all,
                "elements of a fixed-size list too few",
                FIXED_LIST,
                List.of(List.of(1, 2)),
                p -> p.node(1, 1, 0),
                "rows of child");
        add(
                all,
                "elements of a fixed-size list overflow",
                FIXED_LIST,
                List.of(List.of(1, 2)),
                p -> p.rows(1L << 40).node(0, 1L << 40, 0),
                "rows of child");
    }

    private static void ranges(List<Defect> all) {
        ints(all, "buffer offset negative", p -> p.buffer(1, -64, 16), MALFORMED, "range of buffer 1");
        ints(all, "buffer offset unaligned", p -> p.buffer(1, 4, 16), MALFORMED, "offset of buffer 1");
        ints(all, "buffer outside", p -> p.buffer(1, 1 << 20, 16), MALFORMED, "range of buffer 1");
        ints(all, "buffer length negative", p -> p.buffer(1, 64, -16), MALFORMED, "range of buffer 1");
        ints(all, "buffer length huge", p -> p.buffer(1, 64, Long.MAX_VALUE), MALFORMED, "range of buffer 1");
        ints(all, "offset and length overflow", p -> p.buffer(1, Long.MAX_VALUE - 7, 16), MALFORMED, "range of buffer");
        ints(all, "buffer too short", p -> p.buffer(1, p.bufferOffset(1), 15), MALFORMED, "DATA buffer");
        ints(all, "buffer gone", p -> p.buffer(1, 0, 0), MALFORMED, "DATA buffer");
    }

    private static void offsets(List<Defect> all) {
        for (Field text : List.of(Tables.TEXT, LARGE_TEXT)) {
            int width = text.equals(Tables.TEXT) ? 4 : 8;
            add(all, "offset negative " + width, text, TEXTS, p -> put(p, 1, 0, width, -1), "offset 0");
            add(all, "offset falls " + width, text, TEXTS, p -> put(p, 1, 2, width, 100), "offset");
            add(all, "offset falls to negative " + width, text, TEXTS, p -> put(p, 1, 2, width, -5), "offset 2");
            add(all, "offset beyond " + width, text, TEXTS, p -> put(p, 1, 4, width, 1000), "offset 4");
            add(
                    all,
                    "offsets missing " + width,
                    text,
                    TEXTS,
                    p -> p.buffer(1, p.bufferOffset(1), 4L * width),
                    "OFFSETS buffer");
            add(all, "text missing " + width, text, TEXTS, p -> p.buffer(2, 0, 0), "offset");
        }
        add(all, "offsets overflow", LARGE_TEXT, TEXTS, p -> put(p, 1, 1, 8, Long.MAX_VALUE), "offset 1");
        add(all, "offsets underflow", LARGE_TEXT, TEXTS, p -> put(p, 1, 1, 8, Long.MIN_VALUE), "offset 1");
        add(all, "list offset beyond", LIST, LISTS, p -> put(p, 1, 3, 4, 4), "offset 3");
        add(all, "list offset falls", LIST, LISTS, p -> put(p, 1, 1, 4, -1), "offset 1");
        add(all, "list view beyond", LIST_VIEW, LISTS, p -> put(p, 2, 0, 4, 4), "list view 0");
        add(all, "list view negative", LIST_VIEW, LISTS, p -> put(p, 1, 2, 4, -1), "list view 2");
        add(all, "list view size negative", LIST_VIEW, LISTS, p -> put(p, 2, 2, 4, -1), "list view 2");
        add(all, "list view overflow", LARGE_LIST_VIEW, LISTS, p -> put(p, 1, 1, 8, Long.MAX_VALUE), "list view 1");
    }

    private static void maps(List<Defect> all) {
        Field key = Field.required("key", new DataType.Utf8());
        Field entries = Field.required("entries", new DataType.Struct(), key, Tables.INT);
        Field map = Field.of("v", new DataType.MapType(false), entries);
        Map<String, Integer> value = new LinkedHashMap<>();
        value.put("a", 1);
        value.put("b", null);
        String says = "nulls among the entries or keys of map 'v': expected 0, found 1";
        for (int node : new int[] {1, 2}) {
            String whose = node == 1 ? "entries" : "keys";
            add(all, whose + " null", map, List.of(value), p -> p.node(node, 2, 1), says);
            // Nobody counted; the bitmap is that of the values.
            Consumer<Patch> uncounted = p -> p.node(node, 2, -1).buffer(node + 1, p.bufferOffset(6), p.bufferLength(6));
            add(all, whose + " null and uncounted", map, List.of(value), uncounted, says);
        }
    }

    private static void views(List<Defect> all) {
        add(all, "view length negative", VIEW, LONG_TEXTS, p -> p.putInt(p.inBuffer(1, 0), -1), "view 0");
        add(all, "view length beyond", VIEW, LONG_TEXTS, p -> p.putInt(p.inBuffer(1, 16), 1000), "view 1");
        add(all, "view buffer negative", VIEW, LONG_TEXTS, p -> p.putInt(p.inBuffer(1, 24), -1), "view 1");
        add(all, "view buffer unknown", VIEW, LONG_TEXTS, p -> p.putInt(p.inBuffer(1, 24), 1), "view 1");
        add(all, "view offset negative", VIEW, LONG_TEXTS, p -> p.putInt(p.inBuffer(1, 28), -1), "view 1");
        add(all, "view offset beyond", VIEW, LONG_TEXTS, p -> p.putInt(p.inBuffer(1, 28), Integer.MAX_VALUE), "view 1");
        add(all, "data buffer too short", VIEW, LONG_TEXTS, p -> p.buffer(2, p.bufferOffset(2), 40), "view 2");
        add(all, "variadic count negative", VIEW, LONG_TEXTS, p -> p.variadicCount(0, -1), "variadic buffer count");
        add(all, "variadic count huge", VIEW, LONG_TEXTS, p -> p.variadicCount(0, 1L << 32), "variadic buffer count");
        add(
                all,
                "variadic count too small",
                VIEW,
                LONG_TEXTS,
                p -> p.variadicCount(0, 0),
                "buffers of the record batch");
        add(
                all,
                "variadic count too large",
                VIEW,
                LONG_TEXTS,
                p -> p.variadicCount(0, 2),
                "buffers of the record batch");
    }

    private static void unions(List<Defect> all) {
        for (UnionMode mode : UnionMode.values()) {
            Field union = Field.of("v", new DataType.Union(mode, List.of(3, 7)), Tables.INT, Tables.TEXT);
            List<Object> values = List.of(new Tagged(3, 1), new Tagged(7, "x"), new Tagged(3, 2));
            add(all, mode + " type id unknown", union, values, p -> p.putByte(p.inBuffer(0, 1), 4), "row 1 of union");
            add(all, mode + " type id negative", union, values, p -> p.putByte(p.inBuffer(0, 2), -1), "row 2 of union");
            if (mode == UnionMode.DENSE) {
                add(all, "union offset beyond", union, values, p -> put(p, 1, 1, 4, 1), "row 1 of union");
                add(all, "union offset negative", union, values, p -> put(p, 1, 0, 4, -1), "row 0 of union");
            }
        }
    }

    private static void runEnds(List<Defect> all) {
        for (int bits : new int[] {16, 32, 64}) {
            int width = bits / 8;
            Field ends = Field.required("run_ends", new DataType.Int(bits, true));
            Field runs = Field.of("v", new DataType.RunEndEncoded(), ends, Field.of("values", new DataType.Utf8()));
            List<Object> values = List.of("a", "a", "b", "b", "c");
            add(all, "run end 0 of " + bits, runs, values, p -> put(p, 1, 0, width, 0), "run end 0");
            add(all, "run end negative of " + bits, runs, values, p -> put(p, 1, 0, width, -1), "run end 0");
            add(all, "run end repeated of " + bits, runs, values, p -> put(p, 1, 1, width, 2), "run end 1");
            add(
                    all,
                    "run ends too short of " + bits,
                    runs,
                    values,
                    p -> p.rows(6).node(0, 6, 0),
                    "last run end");
            add(all, "run ends null of " + bits, runs, values, p -> p.node(1, 3, 1), "nulls among the run ends");
            // Nobody counted; of the three bits that take the place of a bitmap one is set.
            add(
                    all,
                    "run ends null and uncounted of " + bits,
                    runs,
                    values,
                    p -> p.node(1, 3, -1).buffer(0, p.bufferOffset(1), 8),
                    "nulls among the run ends of field 'v': expected 0, found 2");
            add(all, "values missing of " + bits, runs, values, p -> p.node(2, 2, 0), "rows of child");
            add(all, "no runs of " + bits, runs, values, p -> p.node(1, 0, 0).node(2, 0, 0), "runs of field");
        }
    }

    private static void dictionaries(List<Defect> all) {
        for (int bits : new int[] {8, 16, 32, 64}) {
            for (boolean signed : new boolean[] {true, false}) {
                Field field = Tables.dictionary(Tables.TEXT, 5, bits, signed);
                String type = (signed ? " int" : " uint") + bits;
                for (int index : new int[] {3, -1}) {
                    all.add(new Defect(
                            "index " + index + type,
                            field,
                            List.of("a", "b", "c", "a"),
                            Compression.NONE,
                            2,
                            p -> put(p, 1, 2, bits / 8, index),
                            MALFORMED,
                            "index 2 of field 'v'"));
                }
            }
        }
        Field field = Tables.dictionary(Tables.TEXT, 5, 32, true);
        List<Object> values = List.of("a", "b");
        Consumer<Patch> unknownId = p -> p.putLong(p.root().table(2).at(0), 6);
        all.add(new Defect(
                "unknown dictionary", field, values, Compression.NONE, 1, unknownId, MALFORMED, "dictionary id"));
        Consumer<Patch> offset = p -> put(p, 1, 1, 4, 77);
        all.add(new Defect(
                "dictionary with bad values", field, values, Compression.NONE, 1, offset, MALFORMED, "offset"));
    }

    private static void compression(List<Defect> all) {
        for (Compression codec : List.of(Compression.LZ4_FRAME, Compression.ZSTD)) {
            for (long prefix : new long[] {0, 1, 799, 801, 1600, 1 << 20}) {
                compressed(all, codec, "prefix " + prefix, p -> prefix(p, prefix), MALFORMED, "");
            }
            for (long prefix : new long[] {Integer.MAX_VALUE - 7L, Integer.MAX_VALUE, 1L << 31, 8L << 30}) {
                compressed(all, codec, "prefix " + prefix, p -> prefix(p, prefix), MALFORMED, "bytes of the frame");
            }
            compressed(all, codec, "prefix huge", p -> prefix(p, Long.MAX_VALUE), LIMIT, "maxBodyBytes");
            compressed(all, codec, "prefix negative", p -> prefix(p, -2), MALFORMED, "uncompressed length");
            compressed(all, codec, "prefix most negative", p -> prefix(p, Long.MIN_VALUE), MALFORMED, "uncompressed");
            compressed(all, codec, "prefix -1 on a frame", p -> prefix(p, -1), MALFORMED, "DATA buffer");
            compressed(
                    all,
                    codec,
                    "no room for the prefix",
                    p -> p.buffer(1, p.bufferOffset(1), 7),
                    MALFORMED,
                    "length of compressed buffer");
            compressed(all, codec, "only the prefix", p -> p.buffer(1, p.bufferOffset(1), 8), MALFORMED, "compressed");
            compressed(
                    all, codec, "frame cut", p -> p.buffer(1, p.bufferOffset(1), p.bufferLength(1) - 1), MALFORMED, "");
            compressed(all, codec, "no frame", p -> p.putInt(p.inBuffer(1, 8), 0x12345678), MALFORMED, "compressed");
            compressed(
                    all,
                    codec,
                    "codec unknown",
                    p -> p.putByte(p.batch().table(3).at(0), 2),
                    UnsupportedFeatureException.class,
                    "codec");
        }
    }

    private static void prefix(Patch patch, long value) {
        patch.putLong(patch.inBuffer(1, 0), value);
    }

    private static void compressed(
            List<Defect> all,
            Compression codec,
            String name,
            Consumer<Patch> lie,
            Class<? extends LightstreamException> error,
            String says) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            values.add(i / 50);
        }
        all.add(new Defect(codec + ": " + name, Tables.INT, values, codec, 1, lie, error, says));
    }

    private static void put(Patch patch, int buffer, int index, int width, long value) {
        int at = patch.inBuffer(buffer, index * width);
        switch (width) {
            case 1 -> patch.putByte(at, (int) value);
            case 2 -> patch.putShort(at, (int) value);
            case 4 -> patch.putInt(at, (int) value);
            default -> patch.putLong(at, value);
        }
    }

    private static void ints(
            List<Defect> all,
            String name,
            Consumer<Patch> lie,
            Class<? extends LightstreamException> error,
            String says) {
        all.add(new Defect(name, Tables.INT, INTS, Compression.NONE, 1, lie, error, says));
    }

    private static void add(
            List<Defect> all, String name, Field field, List<Object> values, Consumer<Patch> lie, String says) {
        all.add(new Defect(name, field, values, Compression.NONE, 1, lie, MALFORMED, says));
    }

    @Override
    public String toString() {
        return name + " (" + field.type() + ")";
    }
}
