package io.lightstream.codec.internal.encode;

import io.lightstream.codec.Alignment;
import io.lightstream.codec.internal.metadata.BodyShape;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.NativeMemory;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Nodes and buffers of one body, in the order of the format, and where their bytes come from. Reused from batch to batch, so
 * that a batch of a known shape makes no garbage; borrows the memory it points into.
 */
public final class OutgoingBody implements BodyShape {
    /** Bytes in front of a buffer of a compressed body: its uncompressed length, or -1 where it is not compressed. */
    static final int LENGTH_PREFIX_BYTES = Long.BYTES;

    private static final int FIRST_CAPACITY = 16;

    private long[] nodes = new long[2 * FIRST_CAPACITY];
    private int nodeCount;
    private long[] addresses = new long[FIRST_CAPACITY];
    private long[] lengths = new long[FIRST_CAPACITY];
    private long[] offsets = new long[FIRST_CAPACITY];
    private @Nullable BatchMemory[] owners = new @Nullable BatchMemory[FIRST_CAPACITY];
    private @Nullable BatchMemory owner;
    private @Nullable ComputedBuffer[] computed = new @Nullable ComputedBuffer[FIRST_CAPACITY];
    private boolean[] stored = new boolean[FIRST_CAPACITY];
    private int bufferCount;
    private long[] variadics = new long[0];
    private int variadicCount;
    private long bodyLength;

    void clear() {
        Arrays.fill(computed, 0, bufferCount, null);
        Arrays.fill(owners, 0, bufferCount, null);
        owner = null;
        nodeCount = 0;
        bufferCount = 0;
        variadicCount = 0;
        bodyLength = 0;
    }

    /** Says whose memory the buffers that follow lie in. */
    void setOwner(BatchMemory memory) {
        owner = memory;
    }

    void addNode(long length, long nullCount) {
        if (2 * nodeCount == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * nodes.length);
        }
        nodes[2 * nodeCount] = length;
        nodes[2 * nodeCount + 1] = nullCount;
        nodeCount++;
    }

    /** A buffer that is absent. */
    void addEmpty() {
        add(0, 0, null);
    }

    /** A buffer that is written as it lies. */
    void addRaw(long address, long length) {
        add(address, length, null);
    }

    void addComputed(ComputedBuffer buffer, long length) {
        add(0, length, buffer);
    }

    private void add(long address, long length, @Nullable ComputedBuffer buffer) {
        if (bufferCount == addresses.length) {
            int capacity = 2 * bufferCount;
            addresses = Arrays.copyOf(addresses, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
            offsets = Arrays.copyOf(offsets, capacity);
            owners = Arrays.copyOf(owners, capacity);
            computed = Arrays.copyOf(computed, capacity);
            stored = Arrays.copyOf(stored, capacity);
        }
        addresses[bufferCount] = address;
        lengths[bufferCount] = length;
        owners[bufferCount] = length == 0 || buffer != null ? null : owner;
        computed[bufferCount] = buffer;
        stored[bufferCount] = false;
        bufferCount++;
    }

    void addVariadic(long buffers) {
        if (variadicCount == variadics.length) {
            variadics = Arrays.copyOf(variadics, variadicCount + FIRST_CAPACITY);
        }
        variadics[variadicCount++] = buffers;
    }

    /** Puts other bytes in the place of a buffer, which bring their length prefix along. */
    void replace(int buffer, long address, long length) {
        addresses[buffer] = address;
        lengths[buffer] = length;
        owners[buffer] = null;
        computed[buffer] = null;
    }

    /** Writes a buffer uncompressed, behind the prefix that says so. */
    void store(int buffer) {
        stored[buffer] = true;
    }

    /** Gives each buffer its place, at multiples of 64 bytes. To be called when all are known. */
    void layOut() {
        long end = 0;
        for (int i = 0; i < bufferCount; i++) {
            offsets[i] = end;
            end += Alignment.roundUp(bufferLength(i));
        }
        bodyLength = end;
    }

    /** Where the bytes of a buffer lie that is not computed. */
    public long address(int buffer) {
        return addresses[buffer];
    }

    /** Bytes of a buffer without a prefix. */
    public long contentLength(int buffer) {
        return lengths[buffer];
    }

    /** Says that the bytes of a buffer lie elsewhere from now on. */
    public void moveTo(int buffer, long address) {
        addresses[buffer] = address;
    }

    /** What keeps the bytes alive that lie at {@link #address}; empty where they are of no batch. */
    public Optional<BatchMemory> owner(int buffer) {
        return Optional.ofNullable(owners[buffer]);
    }

    /** What computes a buffer; null where it is written as it lies. */
    @Nullable
    ComputedBuffer computed(int buffer) {
        return computed[buffer];
    }

    /** Writes the whole of a buffer to an address, be it computed or not. */
    public void copyTo(int buffer, long target) {
        ComputedBuffer source = computed[buffer];
        if (source != null) {
            source.write(0, lengths[buffer], target);
        } else if (lengths[buffer] > 0) {
            NativeMemory.copy(addresses[buffer], target, lengths[buffer]);
        }
    }

    /** Whether a prefix has to be written in front of the buffer that says that it is not compressed. */
    boolean isStored(int buffer) {
        return stored[buffer];
    }

    @Override
    public int nodeCount() {
        return nodeCount;
    }

    @Override
    public long nodeLength(int node) {
        return nodes[2 * node];
    }

    @Override
    public long nodeNullCount(int node) {
        return nodes[2 * node + 1];
    }

    @Override
    public int bufferCount() {
        return bufferCount;
    }

    @Override
    public long bufferOffset(int buffer) {
        return offsets[buffer];
    }

    @Override
    public long bufferLength(int buffer) {
        return stored[buffer] ? LENGTH_PREFIX_BYTES + lengths[buffer] : lengths[buffer];
    }

    @Override
    public int variadicCount() {
        return variadicCount;
    }

    @Override
    public long variadicBuffers(int index) {
        return variadics[index];
    }

    @Override
    public long bodyLength() {
        return bodyLength;
    }
}
