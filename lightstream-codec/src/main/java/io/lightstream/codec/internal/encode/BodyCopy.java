package io.lightstream.codec.internal.encode;

import io.lightstream.codec.Column;
import io.lightstream.codec.ColumnData;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Layout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a planned body consisted of, in memory of its own: to find out later whether a dictionary is still the same. */
public final class BodyCopy {
    private static final int COMPARED_BYTES = 4096;
    /** Larger copies may not take more than a part of what the JVM gives: finding out how much that is takes long. */
    private static final long SMALL_BYTES = 16 << 20;

    private static final int SHARE = 4;

    private final long[] nodes;
    private final long[] lengths;
    private final ByteBuffer[] buffers;
    private final long[] variadics;

    private BodyCopy(OutgoingBody body, long[] lengths, ByteBuffer[] buffers) {
        this.nodes = nodes(body);
        this.variadics = new long[body.variadicCount()];
        Arrays.setAll(variadics, body::variadicBuffers);
        this.lengths = lengths;
        this.buffers = buffers;
    }

    /**
     * Copies a body, to memory of the JVM that no allocator counts; empty where one of its buffers has more than 1 GiB, where all
     * of it is more than a quarter of what the JVM gives, or than what it has left.
     */
    public static Optional<BodyCopy> of(OutgoingBody body) {
        long[] lengths = new long[body.bufferCount()];
        Arrays.setAll(lengths, body::contentLength);
        ByteBuffer[] buffers = new ByteBuffer[lengths.length];
        if (isTooLarge(lengths) || !allocate(lengths, buffers)) {
            return Optional.empty();
        }
        for (int i = 0; i < buffers.length; i++) {
            body.copyTo(i, NativeMemory.addressOf(buffers[i]));
        }
        return Optional.of(new BodyCopy(body, lengths, buffers));
    }

    private static boolean isTooLarge(long[] lengths) {
        long total = 0;
        for (long length : lengths) {
            if (length > Arena.MAX_BYTES) {
                return true;
            }
            total += length;
        }
        return total > SMALL_BYTES && total > NativeMemory.limit() / SHARE;
    }

    /** Fills {@code buffers}; false where the JVM has no memory left: what is kept only to compare is not worth an error. */
    private static boolean allocate(long[] lengths, ByteBuffer[] buffers) {
        try {
            for (int i = 0; i < buffers.length; i++) {
                buffers[i] = ByteBuffer.allocateDirect((int) lengths[i]);
            }
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        }
    }

    private static long[] nodes(OutgoingBody body) {
        long[] nodes = new long[2 * body.nodeCount()];
        for (int i = 0; i < body.nodeCount(); i++) {
            nodes[2 * i] = body.nodeLength(i);
            nodes[2 * i + 1] = body.nodeNullCount(i);
        }
        return nodes;
    }

    /** Rows of the first column. */
    public long rows() {
        return nodes[0];
    }

    /**
     * Whether a body has the same bytes throughout. Bytes that no value depends on count as well, such as those of null rows,
     * so equal values may be found to differ.
     */
    public boolean isSame(OutgoingBody other) {
        if (other.nodeCount() * 2 != nodes.length || other.bufferCount() != buffers.length) {
            return false;
        }
        for (int i = 0; i < other.nodeCount(); i++) {
            if (nodes[2 * i] != other.nodeLength(i) || nodes[2 * i + 1] != other.nodeNullCount(i)) {
                return false;
            }
        }
        for (int i = 0; i < buffers.length; i++) {
            if (lengths[i] != other.contentLength(i)) {
                return false;
            }
        }
        for (int i = 0; i < buffers.length; i++) {
            if (!isSame(other, i)) {
                return false;
            }
        }
        return true;
    }

    private boolean isSame(OutgoingBody other, int buffer) {
        long length = lengths[buffer];
        if (length == 0) {
            return true;
        }
        ComputedBuffer computed = other.computed(buffer);
        if (computed == null) {
            return buffers[buffer].mismatch(NativeMemory.view(other.address(buffer), length)) < 0;
        }
        ByteBuffer piece = ByteBuffer.allocateDirect((int) Math.min(length, COMPARED_BYTES));
        for (int done = 0; done < length; done += COMPARED_BYTES) {
            int count = (int) Math.min(length - done, COMPARED_BYTES);
            computed.write(done, count, NativeMemory.addressOf(piece));
            if (buffers[buffer].slice(done, count).mismatch(piece.slice(0, count)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * The copy as a column, valid as long as this object is reachable.
     *
     * @param field of the column that was planned; where it is dictionary-encoded inside, the column there holds plain indices
     */
    public Column column(Field field) {
        return new Cursor().column(field);
    }

    /** Goes through nodes and buffers in the order of the format. */
    private final class Cursor {
        private int node;
        private int buffer;
        private int variadic;

        Column column(Field field) {
            long rows = nodes[2 * node];
            long nulls = nodes[2 * node + 1];
            node++;
            Layout layout = field.layout();
            int count = layout.buffers().size();
            if (layout == Layout.VIEW) {
                count += (int) variadics[variadic++];
            }
            long[] parts = new long[2 * count];
            for (int i = 0; i < count; i++, buffer++) {
                parts[2 * i] = NativeMemory.addressOf(buffers[buffer]);
                parts[2 * i + 1] = lengths[buffer];
            }
            List<Column> children = new ArrayList<>();
            // Below a dictionary-encoded field lie the dictionary's values, of which a body holds nothing.
            List<Field> below = field.dictionary().isPresent() ? List.of() : field.children();
            for (Field child : below) {
                children.add(column(child));
            }
            return Column.of(new ColumnData(field, rows, nulls, 0, parts, children, null, BatchMemory.none()));
        }
    }
}
