package io.lightstream.codec.memory;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.ReferenceManager;
import org.jspecify.annotations.Nullable;

/**
 * The counted owner of everything that one record batch points into: a body in pooled memory, decompressed buffers, a
 * mapping.
 *
 * <p>It starts with one reference, held by whoever made it. The last {@link #release} gives up the owners; until then the
 * addresses inside them are valid. Counting is thread-safe; what the memory contains is the users' affair.
 */
public final class BatchMemory {

    private static final AtomicIntegerFieldUpdater<BatchMemory> REFERENCES =
            AtomicIntegerFieldUpdater.newUpdater(BatchMemory.class, "references");

    private final MemoryOwner[] owners;
    private volatile int references = 1;

    /**
     * Gets the owners instead of their being released; null where nobody does, or not any more, because others know of them.
     * Written by whoever holds a reference and read by who gives up the last one, so counting orders the two.
     */
    private @Nullable ReusedMemory home;

    private BatchMemory(MemoryOwner[] owners, @Nullable ReusedMemory home) {
        this.owners = owners;
        this.home = home;
    }

    /** Takes over one reference of each buffer. */
    public static BatchMemory of(ArrowBuf... buffers) {
        return of(MemoryOwner.of(buffers));
    }

    /**
     * Takes over one reference of each owner.
     *
     * @param owners kept as it is: the caller does not use the array afterwards
     */
    public static BatchMemory of(MemoryOwner[] owners) {
        return new BatchMemory(owners, null);
    }

    /** As {@link #of}, but the owners go back to {@code home}. */
    static BatchMemory reusable(MemoryOwner[] owners, ReusedMemory home) {
        return new BatchMemory(owners, home);
    }

    /** Memory of a batch that points nowhere: no rows, or only columns of type null. */
    public static BatchMemory none() {
        return new BatchMemory(new MemoryOwner[0], null);
    }

    /**
     * Adds a reference; somebody has to release it.
     *
     * @throws IllegalStateException if the memory was already given up
     */
    public void retain() {
        int before;
        do {
            before = references;
            if (before <= 0) {
                throw closed();
            }
        } while (!REFERENCES.compareAndSet(this, before, before + 1));
    }

    /**
     * Gives up one reference, and with the last one the memory.
     *
     * @throws IllegalStateException if it was released more often than retained
     */
    public void release() {
        int before;
        do {
            before = references;
            if (before <= 0) {
                throw new IllegalStateException("memory of a record batch released more often than it was retained");
            }
        } while (!REFERENCES.compareAndSet(this, before, before - 1));
        if (before == 1) {
            ReusedMemory reuser = home;
            if (reuser != null) {
                reuser.giveBack(owners);
            } else {
                releaseAll(owners, owners.length);
            }
        }
    }

    /** Where the first of the owners begins. */
    public long address() {
        return owners[0].address();
    }

    /** Whether somebody still holds a reference. */
    public boolean isOpen() {
        return references > 0;
    }

    /**
     * To be called before memory is accessed on behalf of a user.
     *
     * @throws IllegalStateException if the last reference was released
     */
    public void checkOpen() {
        if (references <= 0) {
            throw closed();
        }
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("record batch is closed");
    }

    /**
     * A little-endian view of part of this memory, in the type that {@code as} makes of the bytes. Over a mapped file it refuses
     * writes, and to be read once the file is unmapped. Elsewhere nothing guards it: who uses it keeps this memory open.
     *
     * @param length at most {@link NativeMemory#LONGEST_VIEW}; the range lies inside of this memory
     * @throws IllegalStateException if the last reference was released
     */
    public <B extends Buffer> B view(long address, long length, Function<ByteBuffer, B> as) {
        checkOpen();
        MappedRange mapping = length == 0 ? null : mappingAt(address);
        if (mapping == null) {
            return as.apply(NativeMemory.view(address, length));
        }
        B view = as.apply(mapping.view(address - mapping.address(), length));
        mapping.handOut(view);
        return view;
    }

    /** Whether the byte at {@code address} lies in a mapped file. */
    public boolean isMapped(long address) {
        return mappingAt(address) != null;
    }

    /** Whether any of this memory is a mapped file. */
    public boolean isMapped() {
        for (MemoryOwner owner : owners) {
            if (owner.isMapped()) {
                return true;
            }
        }
        return false;
    }

    private @Nullable MappedRange mappingAt(long address) {
        for (MemoryOwner owner : owners) {
            long at = address - owner.address();
            if (at >= 0 && at < owner.length()) {
                return owner.mapping();
            }
        }
        return null;
    }

    /**
     * An Arrow buffer over part of this memory, with a reference of its own to the owner: it stays valid after this object
     * has been released, and has to be released like any buffer.
     *
     * @throws IllegalArgumentException if no owner contains the range
     * @throws IllegalStateException if the last reference was released
     */
    public ArrowBuf slice(long address, long length) {
        checkOpen();
        if (length == 0) {
            return new ArrowBuf(ReferenceManager.NO_OP, null, 0, address);
        }
        for (MemoryOwner owner : owners) {
            long at = address - owner.address();
            if (length > 0 && at >= 0 && at <= owner.length() - length) {
                home = null;
                return owner.slice(at, length);
            }
        }
        throw new IllegalArgumentException(
                "range of " + length + " bytes at address " + address + ": not inside the memory of this record batch");
    }

    /**
     * How many bytes stay allocated because of this batch, shared ones included: whole blocks, whatever part of them the
     * batch points into.
     */
    public long retainedBytes() {
        long bytes = 0;
        for (MemoryOwner owner : owners) {
            bytes += owner.retainedBytes();
        }
        return bytes;
    }

    /** How many bytes the batch's allocators are charged for its memory; what is shared or foreign counts for nothing. */
    public long chargedBytes() {
        long bytes = 0;
        for (MemoryOwner owner : owners) {
            bytes += owner.chargedBytes();
        }
        return bytes;
    }

    /**
     * The same bytes, accounted to another allocator. Nothing is copied if both allocators have the same root or the memory
     * is foreign; otherwise the bytes are, to addresses with the same offset from a 64-byte boundary. This object keeps its
     * reference either way.
     *
     * @throws OutOfMemoryException if the target's limit does not allow it; nothing has changed then
     * @throws IllegalStateException if the last reference was released
     */
    public Transfer transferTo(BufferAllocator target) {
        checkOpen();
        home = null;
        MemoryOwner[] moved = new MemoryOwner[owners.length];
        int done = 0;
        try {
            for (; done < moved.length; done++) {
                moved[done] = owners[done].transferTo(target);
            }
        } catch (RuntimeException | Error e) {
            releaseAll(moved, done);
            throw e;
        }
        return new Transfer(new BatchMemory(moved, null), address -> translate(address, owners, moved));
    }

    /**
     * As {@link #transferTo(BufferAllocator)}, but of one range alone: where bytes are copied, they are no more than those of it.
     *
     * @throws IllegalArgumentException if no owner contains the range
     * @throws OutOfMemoryException if the target's limit does not allow it; nothing has changed then
     * @throws IllegalStateException if the last reference was released
     */
    public Transfer transferTo(BufferAllocator target, long address, long length) {
        BatchMemory range = of(slice(address, length));
        try {
            return range.transferTo(target);
        } finally {
            range.release();
        }
    }

    private static long translate(long address, MemoryOwner[] from, MemoryOwner[] to) {
        int atEndOf = -1;
        for (int i = 0; i < from.length; i++) {
            long at = address - from[i].address();
            if (at >= 0 && at < from[i].length()) {
                return to[i].address() + at;
            }
            if (at == from[i].length()) {
                atEndOf = i;
            }
        }
        // An empty buffer may lie at the end of an owner; but where another owner begins there, that one counts.
        return atEndOf < 0 ? address : to[atEndOf].address() + from[atEndOf].length();
    }

    private static void releaseAll(MemoryOwner[] owners, int count) {
        RuntimeException failure = null;
        for (int i = 0; i < count; i++) {
            try {
                owners[i].release();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * The outcome of {@link #transferTo}.
     *
     * @param memory the new owner, with one reference that belongs to the caller
     * @param addresses maps an address in the old memory to the one that has the same byte in the new; the identity when
     *     nothing was copied. It does not access either.
     */
    public record Transfer(BatchMemory memory, LongUnaryOperator addresses) {}
}
