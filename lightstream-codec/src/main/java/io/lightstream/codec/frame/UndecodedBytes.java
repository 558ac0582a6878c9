package io.lightstream.codec.frame;

import io.lightstream.codec.memory.StagingBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes that have arrived and have not been consumed: what is left of the current chunk, preceded by what earlier
 * chunks left behind (the <em>carry</em>). A window must be contiguous, so the start of a frame that is cut by the end
 * of a chunk is copied to the carry and completed there, by no more bytes than needed; all else is decoded where it lies
 * in the chunk.
 */
final class UndecodedBytes {
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);
    /** No buffer of Java is longer. */
    static final int LONGEST_WINDOW = Integer.MAX_VALUE - 8;

    private static final int MIN_CARRY_BYTES = 4 << 10;
    private static final int MAX_IDLE_CARRY_BYTES = 1 << 20;
    private static final int MIN_COMPLETION_BYTES = 64;

    private final ByteWindow window = new ByteWindow();
    private ByteBuffer chunk = EMPTY;
    private StagingBuffer carryMemory = new StagingBuffer();
    private ByteBuffer carry = EMPTY;
    private int carryStart;
    private int carryEnd;

    /** How many of the carry's last bytes lie also in the chunk, just before its position. */
    private int lentByChunk;

    /** Takes the next chunk; its bytes must stay as they are until {@link #releaseChunk()}. */
    void offer(ByteBuffer next) {
        requireUsedUp();
        chunk = next.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** As {@link #offer}, but {@code littleEndian}, which must be just that, has its position moved: nothing is made. */
    void lend(ByteBuffer littleEndian) {
        requireUsedUp();
        chunk = littleEndian;
    }

    private void requireUsedUp() {
        if (chunk.hasRemaining()) {
            throw new IllegalStateException("A chunk was offered before next() returned false for the one before");
        }
    }

    /** How many bytes have arrived and have not been consumed. */
    long available() {
        return (long) carried() + chunk.remaining();
    }

    /**
     * Makes {@link #window()} show at least {@code needed} bytes.
     *
     * @param needed at most {@link #LONGEST_WINDOW}
     * @return false if there are not as many
     */
    boolean gather(int needed, long position) {
        if (carried() == 0 && chunk.remaining() >= needed) {
            window.reset(chunk, chunk.position(), chunk.remaining(), position);
            return true;
        }
        if (carried() < needed) {
            // A decoder that searches asks for one byte more each time: doubling keeps that linear.
            int useful = Math.max(needed - carried(), Math.max(carried(), MIN_COMPLETION_BYTES));
            carry(Math.min(Math.min(useful, LONGEST_WINDOW - carried()), chunk.remaining()));
        }
        if (carried() < needed) {
            return false;
        }
        window.reset(carry, carryStart, carried(), position);
        return true;
    }

    /** Shows all there is, at the end of the input: nothing is left of the chunk then but what is carried. */
    ByteWindow gatherAll(long position) {
        gather((int) available(), position);
        return window;
    }

    ByteWindow window() {
        return window;
    }

    /** Takes the window back after a call of the decoder. */
    void closeWindow() {
        window.clear();
    }

    /** Consumes bytes; returns how many, which are fewer than asked for if there are not as many. */
    long consume(long bytes) {
        long left = bytes;
        if (carried() > 0) {
            int count = (int) Math.min(left, carried());
            carryStart += count;
            left -= count;
            giveBackToChunk();
        }
        if (carried() == 0) {
            int count = (int) Math.min(left, chunk.remaining());
            chunk.position(chunk.position() + count);
            left -= count;
        }
        return bytes - left;
    }

    /** Consumes bytes by copying them to where they belong; returns how many. */
    long copyTo(Destinations destinations) {
        long copied = 0;
        if (carried() > 0) {
            int count = destinations.copyFrom(carry, carryStart, carried());
            copied += consume(count);
        }
        if (carried() == 0) {
            int count = destinations.copyFrom(chunk, chunk.position(), chunk.remaining());
            copied += consume(count);
        }
        return copied;
    }

    /** Lets go of the chunk, of which nothing is left, so that its owner may use it for something else. */
    void releaseChunk() {
        if (chunk.hasRemaining()) {
            throw new IllegalStateException("A chunk was released with " + chunk.remaining() + " bytes left");
        }
        chunk = EMPTY;
        lentByChunk = 0;
    }

    /** Forgets everything. */
    void clear() {
        window.clear();
        chunk = EMPTY;
        carryStart = 0;
        carryEnd = 0;
        lentByChunk = 0;
        freeCarry();
    }

    private int carried() {
        return carryEnd - carryStart;
    }

    private void carry(int count) {
        makeRoom(count);
        carry.put(carryEnd, chunk, chunk.position(), count);
        chunk.position(chunk.position() + count);
        carryEnd += count;
        lentByChunk += count;
    }

    /** Grows with the bytes that are there, never with what a decoder hopes for. */
    private void makeRoom(int count) {
        int held = carried();
        int wanted = held + count;
        if (wanted > carry.capacity()) {
            int capacity = (int) Math.min(LONGEST_WINDOW, Math.max(MIN_CARRY_BYTES, wanted * 2L));
            StagingBuffer memory = new StagingBuffer();
            ByteBuffer larger = memory.ofAtLeast(capacity);
            larger.put(0, carry, carryStart, held);
            freeCarry();
            carryMemory = memory;
            carry = larger;
        } else if (carryStart > 0) {
            carry.put(0, carry, carryStart, held);
        } else {
            return;
        }
        carryStart = 0;
        carryEnd = held;
    }

    /** Returns to decoding in the chunk as soon as what is left of the carry lies there as well. */
    private void giveBackToChunk() {
        int left = carried();
        if (left > lentByChunk) {
            return;
        }
        chunk.position(chunk.position() - left);
        carryStart = 0;
        carryEnd = 0;
        lentByChunk = 0;
        if (carry.capacity() > MAX_IDLE_CARRY_BYTES) {
            freeCarry();
        }
    }

    private void freeCarry() {
        carry = EMPTY;
        carryMemory.close();
    }
}
