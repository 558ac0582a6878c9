package io.lightstream.codec.frame;

import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.memory.StagingBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What a {@link GatheringOutput} has taken and not yet written: collected bytes and lent buffers, in their order. */
final class WriteStage implements FrameStage, AutoCloseable {
    /** Many outputs write a schema and little else, or nothing but large buffers: they need not hold all that is allowed. */
    private static final int FIRST_STAGING_BYTES = 16 << 10;

    private static final int GROWTH = 4;

    private final GatherQueue queue;
    private final int largeBytes;
    private final int mostStagingBytes;
    private final StagingBuffer memory = new StagingBuffer();
    private ByteBuffer staging;
    private long stagingAddress;
    /** Where in the staging buffer the bytes begin that are not in the queue yet. */
    private int queuedTo;
    /** Bytes that were collected before those in the staging buffer. */
    private long collectedBefore;

    private long lentBytes;

    WriteStage(GatherQueue queue, GatheringOutputOptions options) {
        this.queue = queue;
        this.largeBytes = options.largeBytes();
        this.mostStagingBytes = Math.max(options.stagingBytes(), MOST_ROOM_BYTES);
        this.staging = memory.ofAtLeast(Math.min(mostStagingBytes, FIRST_STAGING_BYTES));
        this.stagingAddress = NativeMemory.addressOf(staging);
    }

    @Override
    public boolean lends(long frameBytes) {
        return frameBytes >= largeBytes;
    }

    @Override
    public ByteBuffer room(int bytes) throws IOException {
        if (bytes > MOST_ROOM_BYTES) {
            throw new IllegalArgumentException("room: expected at most " + MOST_ROOM_BYTES + ", found " + bytes);
        }
        if (staging.remaining() < bytes && !grow(bytes)) {
            writeAll();
        }
        return staging;
    }

    /** Gets more memory instead of writing, up to what the options allow. */
    private boolean grow(int bytes) {
        int needed = staging.position() + bytes;
        if (needed > mostStagingBytes || !queue.isEmpty()) {
            return false;
        }
        staging = memory.grownTo(Math.min(mostStagingBytes, Math.max(needed, GROWTH * staging.capacity())));
        stagingAddress = NativeMemory.addressOf(staging);
        return true;
    }

    @Override
    public long address() {
        return stagingAddress + staging.position();
    }

    @Override
    public void lend(ByteBuffer bytes) throws IOException {
        if (!queue.hasRoomFor(2)) {
            queue.drain();
        }
        queueCollected();
        lentBytes += bytes.remaining();
        queue.add(bytes);
    }

    /** Takes a buffer that is only borrowed: lends it if it is worth that, else copies it. */
    void take(ByteBuffer bytes, boolean lends) throws IOException {
        if (lends && bytes.isDirect() && bytes.remaining() >= LEAST_LENT_BYTES) {
            lend(bytes.duplicate());
        } else {
            collect(bytes);
        }
    }

    /** Adds zero bytes. */
    void pad(int count) throws IOException {
        for (int left = count; left > 0; ) {
            ByteBuffer to = room(1);
            int end = to.position() + Math.min(left, to.remaining());
            left -= end - to.position();
            while (to.position() < end) {
                to.put((byte) 0);
            }
        }
    }

    /** Writes what is lent and all before it; what was collected behind it may wait for more. */
    void writeLent() throws IOException {
        if (queue.isEmpty()) {
            return;
        }
        queue.drain();
        int waiting = staging.position() - queuedTo;
        staging.put(0, staging, queuedTo, waiting);
        staging.position(waiting);
        collectedBefore += queuedTo;
        queuedTo = 0;
    }

    /** Writes everything. */
    void writeAll() throws IOException {
        if (!queue.hasRoomFor(1)) {
            queue.drain();
        }
        queueCollected();
        queue.drain();
        collectedBefore += staging.position();
        staging.clear();
        queuedTo = 0;
    }

    /** How many bytes went through the staging buffer. */
    long collectedBytes() {
        return collectedBefore + staging.position();
    }

    /** How many bytes were taken in all. */
    long position() {
        return collectedBytes() + lentBytes;
    }

    /** Frees the staging buffer. */
    @Override
    public void close() {
        memory.close();
    }

    private void collect(ByteBuffer bytes) throws IOException {
        int size = bytes.remaining();
        for (int copied = 0; copied < size; ) {
            ByteBuffer to = room(1);
            int count = Math.min(size - copied, to.remaining());
            to.put(to.position(), bytes, bytes.position() + copied, count);
            to.position(to.position() + count);
            copied += count;
        }
    }

    private void queueCollected() {
        int count = staging.position() - queuedTo;
        if (count > 0) {
            queue.add(staging.slice(queuedTo, count));
            queuedTo = staging.position();
        }
    }
}
