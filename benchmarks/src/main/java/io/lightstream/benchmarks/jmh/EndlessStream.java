package io.lightstream.benchmarks.jmh;

import io.lightstream.benchmarks.contender.Data;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.ipc.Footer;
import io.lightstream.codec.ipc.IpcStreamWriter;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;

/** A stream whose only batch comes again and again, as a channel. */
final class EndlessStream implements ReadableByteChannel {
    private final ByteBuffer batch;
    private ByteBuffer rest;

    private EndlessStream(ByteBuffer opening, ByteBuffer batch) {
        this.rest = opening;
        this.batch = batch;
    }

    static EndlessStream of(Data data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Footer.Block last;
        try (LightstreamMemory memory = LightstreamMemory.create();
                RecordBatch batch = data.batch(memory);
                IpcStreamWriter writer =
                        IpcStreamWriter.open(Channels.newChannel(bytes), batch.schema(), IpcWriteOptions.defaults())) {
            writer.write(batch);
            last = writer.lastMessage();
        }
        ByteBuffer stream = ByteBuffer.allocateDirect(bytes.size()).put(bytes.toByteArray());
        int start = Math.toIntExact(last.offset());
        int length = Math.toIntExact(last.metadataLength() + last.bodyLength());
        return new EndlessStream(stream.slice(0, start), stream.slice(start, length));
    }

    @Override
    public int read(ByteBuffer target) {
        if (!rest.hasRemaining()) {
            rest = batch.rewind();
        }
        int count = Math.min(target.remaining(), rest.remaining());
        target.put(target.position(), rest, rest.position(), count);
        target.position(target.position() + count);
        rest.position(rest.position() + count);
        return count;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
