package io.lightstream.codec.arrow;

import io.lightstream.codec.Column;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.internal.encode.BodyPlanner;
import io.lightstream.codec.internal.encode.OutgoingBody;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.ForeignBuffers;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Layout;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.ExtensionTypeVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/**
 * Points vectors at the memory of columns. The buffers are those that would be written to a stream, so slices come out as
 * Arrow Java wants them: only what a slice moved is copied. An absent validity bitmap becomes a shared one of ones, which
 * Arrow Java would allocate and fill anew otherwise.
 */
final class VectorFiller {
    private static final int WIDE_BYTES = 16;

    private final BufferAllocator allocator;
    private final BodyPlanner planner = BodyPlanner.toShare();
    private final OutgoingBody body = new OutgoingBody();
    private int node;
    private int buffer;
    private int variadic;

    /** @param allocator that of the vectors; its root must be that of the columns' memory, if that has one */
    VectorFiller(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /** Replaces what the vector holds, which must be of the type of the column; returns how many bytes that are. */
    long fill(Column column, FieldVector vector) throws UnsupportedFeatureException {
        planner.plan(column, body);
        for (int i = 0; i < body.nodeCount(); i++) {
            requireRows("column '" + column.name() + "'", body.nodeLength(i));
        }
        node = 0;
        buffer = 0;
        variadic = 0;
        fill(column.field(), vector);
        return body.bodyLength();
    }

    /** Fails where there are more rows than a vector of Arrow Java counts. */
    static void requireRows(String place, long rows) throws UnsupportedFeatureException {
        if (rows > Integer.MAX_VALUE) {
            throw new UnsupportedFeatureException(
                    "",
                    LightstreamException.UNKNOWN_POSITION,
                    "rows of " + place + " as a vector of Arrow Java",
                    "at most " + Integer.MAX_VALUE,
                    rows);
        }
    }

    private void fill(Field field, FieldVector vector) {
        Layout layout = field.layout();
        int rows = (int) body.nodeLength(node);
        ArrowFieldNode arrowNode = new ArrowFieldNode(rows, body.nodeNullCount(node));
        node++;
        int count = layout.buffers().size();
        if (layout == Layout.VIEW) {
            count += (int) body.variadicBuffers(variadic++);
        }
        List<ArrowBuf> buffers = new ArrayList<>(count);
        try {
            for (int i = 0; i < count; i++) {
                boolean validity = i == 0 && layout.hasValidity();
                buffers.add(isWidened(field, vector) && i == 1 ? widened(rows) : next(validity, rows));
            }
            load(vector, arrowNode, buffers);
        } finally {
            buffers.forEach(b -> b.getReferenceManager().release());
        }
        if (field.dictionary().isEmpty()) {
            List<FieldVector> children = storage(vector).getChildrenFromFields();
            for (int i = 0; i < field.children().size(); i++) {
                fill(field.children().get(i), children.get(i));
            }
        }
    }

    private static void load(FieldVector vector, ArrowFieldNode arrowNode, List<ArrowBuf> buffers) {
        FieldVector storage = storage(vector);
        storage.loadFieldBuffers(arrowNode, buffers);
        if (storage instanceof NullVector) {
            storage.setValueCount(arrowNode.getLength());
        }
    }

    private static FieldVector storage(FieldVector vector) {
        return vector instanceof ExtensionTypeVector<?> extension
                ? (FieldVector) extension.getUnderlyingVector()
                : vector;
    }

    /** The next buffer, with a reference that the caller gives up. */
    private ArrowBuf next(boolean validity, int rows) {
        int index = buffer++;
        long length = body.contentLength(index);
        if (validity && length == 0) {
            return ForeignBuffers.allOnes(rows);
        }
        BatchMemory owner = body.owner(index).orElse(null);
        if (owner != null) {
            return owner.slice(body.address(index), length);
        }
        ArrowBuf copy = allocator.buffer(length);
        body.copyTo(index, copy.memoryAddress());
        return copy.writerIndex(length);
    }

    /** Whether the vector has decimals of 128 bits for narrower ones of the column. */
    private static boolean isWidened(Field field, FieldVector vector) {
        return field.storageType() instanceof DataType.Decimal decimal
                && decimal.byteWidth() < WIDE_BYTES
                && storage(vector) instanceof DecimalVector;
    }

    private ArrowBuf widened(int rows) {
        int index = buffer++;
        int width = rows == 0 ? WIDE_BYTES : (int) (body.contentLength(index) / rows);
        ArrowBuf wide = allocator.buffer((long) rows * WIDE_BYTES);
        for (int row = 0; row < rows; row++) {
            long from = body.address(index) + (long) row * width;
            long value = width == Integer.BYTES ? NativeMemory.getInt(from) : NativeMemory.getLong(from);
            long to = wide.memoryAddress() + (long) row * WIDE_BYTES;
            NativeMemory.putLong(to, value);
            NativeMemory.putLong(to + Long.BYTES, value >> (Long.SIZE - 1));
        }
        return wide.writerIndex((long) rows * WIDE_BYTES);
    }
}
