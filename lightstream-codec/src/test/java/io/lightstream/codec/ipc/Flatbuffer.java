package io.lightstream.codec.ipc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Finds where the members of a flatbuffer's tables stand, so that a test can change them. */
final class Flatbuffer {
    private static final int VTABLE_HEADER_BYTES = 4;

    private final ByteBuffer bytes;
    private final int table;

    private Flatbuffer(ByteBuffer bytes, int table) {
        this.bytes = bytes;
        this.table = table;
    }

    /** The root table of a flatbuffer that starts at {@code start}. */
    static Flatbuffer root(byte[] bytes, int start) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return new Flatbuffer(buffer, start + buffer.getInt(start));
    }

    /** Where member {@code slot} stands. */
    int at(int slot) {
        if (!has(slot)) {
            throw new IllegalArgumentException("member " + slot + " is absent");
        }
        return table + distance(slot);
    }

    /** Whether member {@code slot} is there; it has its default value otherwise. */
    boolean has(int slot) {
        return distance(slot) != 0;
    }

    private int distance(int slot) {
        int vtable = table - bytes.getInt(table);
        int at = VTABLE_HEADER_BYTES + 2 * slot;
        return at < bytes.getShort(vtable) ? bytes.getShort(vtable + at) & 0xFFFF : 0;
    }

    /** Where this table stands. */
    int position() {
        return table;
    }

    /** The table that member {@code slot} refers to. */
    Flatbuffer table(int slot) {
        return new Flatbuffer(bytes, target(slot));
    }

    /** Where the count of a vector stands; its elements follow. */
    int vector(int slot) {
        return target(slot);
    }

    /** The table that an element of a vector refers to. */
    Flatbuffer element(int slot, int index) {
        int at = vector(slot) + Integer.BYTES * (index + 1);
        return new Flatbuffer(bytes, at + bytes.getInt(at));
    }

    private int target(int slot) {
        int at = at(slot);
        return at + bytes.getInt(at);
    }
}
