package io.lightstream.codec.internal.body;

import static io.lightstream.codec.internal.ViewFormat.INLINE_BYTES;
import static io.lightstream.codec.internal.ViewFormat.VIEW_BYTES;

import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.BufferRole;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DataType.IntervalUnit;
import io.lightstream.codec.schema.Layout;
import java.util.List;

/**
 * Turns the buffers of a big-endian producer into little-endian ones, in place (Schema.fbs, {@code Endianness}): values,
 * offsets, sizes, dictionary indices and the integers of views. Bitmaps, type ids and bytes have no order.
 */
final class ByteOrderSwap {

    private ByteOrderSwap() {}

    /** Swaps all buffers of the nodes {@code from} to {@code to}; the memory must be the batch's own. */
    static void toLittleEndian(BatchLayout layout, BodyBuffers buffers, int from, int to) {
        for (int node = from; node < to; node++) {
            NodePlan plan = layout.plan.node(node);
            List<BufferRole> roles = plan.layout().buffers();
            for (int i = 0; i < roles.size(); i++) {
                int buffer = layout.firstBuffer(node) + i;
                swap(plan, roles.get(i), buffers.address(buffer), buffers.length(buffer));
            }
        }
    }

    /** Whether the values of such a buffer have a byte order. */
    static boolean concerns(NodePlan node, BufferRole role) {
        return switch (role) {
            case VALIDITY, TYPE_IDS -> false;
            case OFFSETS, SIZES, VIEWS -> true;
            case DATA -> node.layout() == Layout.FIXED && node.width() > 1;
        };
    }

    private static void swap(NodePlan node, BufferRole role, long address, long length) {
        switch (role) {
            case VALIDITY, TYPE_IDS -> {}
            case OFFSETS, SIZES ->
                swapEach(address, length, node.layout().hasLargeOffsets() ? Long.BYTES : Integer.BYTES);
            case VIEWS -> swapViews(address, length);
            case DATA -> {
                if (node.layout() == Layout.FIXED) {
                    swapValues(node.field().storageType(), address, length);
                }
            }
        }
    }

    private static void swapValues(DataType type, long address, long length) {
        if (type instanceof DataType.Interval interval && interval.unit() != IntervalUnit.YEAR_MONTH) {
            swapInterval(interval, address, length);
        } else if (!(type instanceof DataType.FixedSizeBinary)) {
            swapEach(address, length, type.byteWidth());
        }
    }

    /** Two 32-bit numbers, with a 64-bit one behind them for months, days and nanoseconds. */
    private static void swapInterval(DataType.Interval interval, long address, long length) {
        int width = interval.byteWidth();
        for (long at = address; at + width <= address + length; at += width) {
            swapEach(at, 2 * Integer.BYTES, Integer.BYTES);
            if (interval.unit() == IntervalUnit.MONTH_DAY_NANO) {
                swapEach(at + 2 * Integer.BYTES, Long.BYTES, Long.BYTES);
            }
        }
    }

    private static void swapViews(long address, long length) {
        for (long at = address; at + VIEW_BYTES <= address + length; at += VIEW_BYTES) {
            swapEach(at, Integer.BYTES, Integer.BYTES);
            if (NativeMemory.getInt(at) > INLINE_BYTES) {
                swapEach(at + 2 * Integer.BYTES, 2 * Integer.BYTES, Integer.BYTES);
            }
        }
    }

    private static void swapEach(long address, long length, int width) {
        long end = address + length - length % width;
        switch (width) {
            case 1 -> {}
            case 2 -> {
                for (long at = address; at < end; at += width) {
                    NativeMemory.putShort(at, Short.reverseBytes(NativeMemory.getShort(at)));
                }
            }
            case 4 -> {
                for (long at = address; at < end; at += width) {
                    NativeMemory.putInt(at, Integer.reverseBytes(NativeMemory.getInt(at)));
                }
            }
            case 8 -> {
                for (long at = address; at < end; at += width) {
                    NativeMemory.putLong(at, Long.reverseBytes(NativeMemory.getLong(at)));
                }
            }
            default -> swapWide(address, end, width);
        }
    }

    /** Numbers of several 64-bit words: the words change places, and the bytes of each. */
    private static void swapWide(long address, long end, int width) {
        for (long at = address; at < end; at += width) {
            long low = at;
            long high = at + width - Long.BYTES;
            for (; low < high; low += Long.BYTES, high -= Long.BYTES) {
                long lowWord = NativeMemory.getLong(low);
                NativeMemory.putLong(low, Long.reverseBytes(NativeMemory.getLong(high)));
                NativeMemory.putLong(high, Long.reverseBytes(lowWord));
            }
        }
    }
}
