package io.lightstream.codec.ipc;

import io.lightstream.codec.Column;
import io.lightstream.codec.schema.Layout;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** All values of a dictionary that grows, to find out which values of another one it has already. */
final class UnifiedValues {
    private final Map<ByteBuffer, Long> indexes = new HashMap<>();
    private long nullIndex = -1;

    /** Whether values of this column can be looked up. */
    static boolean canHold(Column column) {
        return switch (column.field().valueField().layout()) {
            case BIT, FIXED, VARIABLE, LARGE_VARIABLE, VIEW -> true;
            default -> false;
        };
    }

    /** The rows of {@code values} from {@code from} on are the values {@code firstIndex} and following. */
    void add(Column values, long from, long count, long firstIndex) {
        for (long row = from; row < from + count; row++) {
            long index = firstIndex + row - from;
            if (values.isNull(row)) {
                nullIndex = nullIndex < 0 ? index : nullIndex;
            } else {
                indexes.putIfAbsent(key(values, row), index);
            }
        }
    }

    /** Index of the value in a row; -1 where it is not known. */
    long find(Column values, long row) {
        if (values.isNull(row)) {
            return nullIndex;
        }
        Long index = indexes.get(key(values, row));
        return index == null ? -1 : index;
    }

    private static ByteBuffer key(Column values, long row) {
        if (values.field().layout() == Layout.BIT) {
            return ByteBuffer.wrap(new byte[] {(byte) (values.getBoolean(row) ? 1 : 0)});
        }
        return ByteBuffer.wrap(values.getBytes(row));
    }
}
