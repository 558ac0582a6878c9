package io.lightstream.codec.internal.metadata;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.metadata.TableShape.Member;
import java.nio.ByteBuffer;

/**
 * Checks that a flatbuffer keeps to its own bounds before it is read: every offset, vtable, vector and string lies inside of
 * it, numbers are aligned to their size, what a table must have is there, tables are not nested too deep and not shared so
 * often that reading them would never end. Flatbuffers for Java have no verifier, and their accessors follow any offset.
 *
 * <pre>
 * buffer: | root offset u32 | …                                       offsets are relative to where they stand
 * table:  | distance back to the vtable i32 | members …
 * vtable: | its size u16 | the table's size u16 | a member's distance from the table u16, 0 if absent | …
 * vector: | count u32 | elements …      string: a vector of bytes, and a zero behind it
 * </pre>
 */
final class FlatbufferVerifier {
    private static final int VTABLE_HEADER_BYTES = 4;
    private static final int SLOT_BYTES = 2;
    /** Message and schema above the fields, and a field's own types and metadata below it. */
    private static final int TABLES_AROUND_FIELDS = 8;

    private final int maxDepth;
    private final int maxTextBytes;
    private final InputSite site;
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int size;
    private int tablesLeft;
    private long textBytes;

    /**
     * A verifier of one buffer after another.
     *
     * @param limits how deep fields may be nested, and how much text there may be where strings are shared
     */
    FlatbufferVerifier(ReadLimits limits, InputSite site) {
        this.maxDepth = limits.maxNesting() + TABLES_AROUND_FIELDS;
        this.maxTextBytes = limits.maxMetadataBytes();
        this.site = site;
    }

    /**
     * Checks the buffer from index 0 to its limit.
     *
     * @param littleEndian the buffer
     */
    void verify(ByteBuffer littleEndian, TableShape root) throws LightstreamException {
        bytes = littleEndian;
        size = littleEndian.limit();
        // A table takes four bytes at least, so more than this are not there but shared.
        tablesLeft = size / Integer.BYTES;
        textBytes = 0;
        table(target(0, root.name()), root, 1);
    }

    private void table(int table, TableShape shape, int depth) throws LightstreamException {
        if (depth > maxDepth) {
            throw site.over("maxNesting (depth of tables)", maxDepth, depth);
        }
        if (--tablesLeft < 0) {
            throw site.malformed(shape.name(), "tables of their own", "tables that are shared without end");
        }
        scalar(table, Integer.BYTES, shape.name());
        long vtable = (long) table - bytes.getInt(table);
        require(
                vtable >= 0 && vtable % SLOT_BYTES == 0 && vtable + VTABLE_HEADER_BYTES <= size,
                shape.name(),
                "vtable",
                vtable);
        int vtableBytes = bytes.getShort((int) vtable) & 0xFFFF;
        require(
                vtableBytes >= VTABLE_HEADER_BYTES && vtableBytes % SLOT_BYTES == 0 && vtable + vtableBytes <= size,
                shape.name(),
                "vtable size",
                vtableBytes);
        int slots = Math.min(
                (vtableBytes - VTABLE_HEADER_BYTES) / SLOT_BYTES,
                shape.members().size());
        requireMembers(table, (int) vtable, slots, shape);
        for (int slot = 0; slot < slots; slot++) {
            int member = member(table, (int) vtable, slot);
            if (member != 0) {
                member(
                        member,
                        shape.members().get(slot),
                        shape,
                        depth,
                        slot == 0 ? 0 : member(table, (int) vtable, slot - 1));
            }
        }
    }

    private void requireMembers(int table, int vtable, int slots, TableShape shape) throws LightstreamException {
        for (int slot : shape.required()) {
            if (slot >= slots || member(table, vtable, slot) == 0) {
                throw site.malformed("metadata, " + shape.name() + ": member " + slot, "one", "none");
            }
        }
    }

    private int member(int table, int vtable, int slot) {
        int distance = bytes.getShort(vtable + VTABLE_HEADER_BYTES + slot * SLOT_BYTES) & 0xFFFF;
        return distance == 0 ? 0 : table + distance;
    }

    private void member(int at, Member member, TableShape owner, int depth, int before) throws LightstreamException {
        if (member instanceof TableShape.Scalar scalar) {
            scalar(at, scalar.bytes(), owner.name());
        } else if (member instanceof TableShape.Text) {
            text(target(at, owner.name()), owner);
        } else if (member instanceof TableShape.Table table) {
            table(target(at, owner.name()), table.shape(), depth + 1);
        } else if (member instanceof TableShape.Scalars scalars) {
            vector(target(at, owner.name()), scalars.bytes(), owner);
        } else if (member instanceof TableShape.Tables tables) {
            tables(target(at, owner.name()), tables.shape(), owner, depth);
        } else if (member instanceof TableShape.Union union) {
            int kind = before == 0 ? 0 : bytes.get(before) & 0xFF;
            if (kind >= 1 && kind <= union.shapes().size()) {
                table(target(at, owner.name()), union.shapes().get(kind - 1), depth + 1);
            }
        }
    }

    private void tables(int vector, TableShape shape, TableShape owner, int depth) throws LightstreamException {
        int count = vector(vector, Integer.BYTES, owner);
        for (int i = 0; i < count; i++) {
            table(target(vector + Integer.BYTES * (i + 1), owner.name()), shape, depth + 1);
        }
    }

    private void text(int vector, TableShape owner) throws LightstreamException {
        int count = vector(vector, 1, owner);
        long end = (long) vector + Integer.BYTES + count;
        require(end < size && bytes.get((int) end) == 0, owner.name(), "end of a string", end);
        // Each use of a shared string becomes a string of its own.
        textBytes += count;
        if (textBytes > maxTextBytes) {
            throw site.over("maxMetadataBytes (text)", maxTextBytes, textBytes);
        }
    }

    private int vector(int at, int elementBytes, TableShape owner) throws LightstreamException {
        scalar(at, Integer.BYTES, owner.name());
        long count = bytes.getInt(at) & 0xFFFFFFFFL;
        require(at + Integer.BYTES + count * elementBytes <= size, owner.name(), "elements of a vector", count);
        return (int) count;
    }

    /** Follows the offset that stands at {@code at}. */
    private int target(int at, String owner) throws LightstreamException {
        scalar(at, Integer.BYTES, owner);
        long offset = bytes.getInt(at) & 0xFFFFFFFFL;
        require(offset != 0 && at + offset < size, owner, "offset", offset);
        return (int) (at + offset);
    }

    private void scalar(int at, int width, String owner) throws LightstreamException {
        require(at >= 0 && (long) at + width <= size && at % width == 0, owner, "position of a member", at);
    }

    private void require(boolean holds, String owner, String what, long found) throws LightstreamException {
        if (!holds) {
            throw site.malformed("metadata, " + owner + ": " + what, "aligned and inside of " + size + " bytes", found);
        }
    }
}
