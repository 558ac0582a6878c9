package io.lightstream.mmap.follow;

import static io.lightstream.codec.build.Columns.int64;
import static io.lightstream.codec.build.Columns.utf8;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.ipc.IpcStreamWriter;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The messages of a stream as bytes, to be appended to files. Batch {@code n} has rows of {@code n}. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FollowTable(byte[] schema, List<byte[]> batches, byte[] end) {
    /** @param rows of each batch */
    static FollowTable of(int... rows) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var cuts = new ArrayList<Integer>();
        try (LightstreamMemory memory = LightstreamMemory.create();
                RecordBatch empty = batch(memory, 0, 0);
                IpcStreamWriter writer =
                        IpcStreamWriter.open(Channels.newChannel(bytes), empty.schema(), IpcWriteOptions.defaults())) {
            writer.flush();
            cuts.add(bytes.size());
            for (int i = 0; i < rows.length; i++) {
                try (RecordBatch batch = batch(memory, i, rows[i])) {
                    writer.write(batch);
                }
                writer.flush();
                cuts.add(bytes.size());
            }
        }
        byte[] all = bytes.toByteArray();
        List<byte[]> batches = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            batches.add(Arrays.copyOfRange(all, cuts.get(i), cuts.get(i + 1)));
        }
        return new FollowTable(
                Arrays.copyOf(all, cuts.get(0)), batches, Arrays.copyOfRange(all, cuts.get(rows.length), all.length));
    }

    /** A batch of {@code rows} rows, all of them of {@code number}. */
    static RecordBatch batch(LightstreamMemory memory, long number, int rows) {
        Number[] numbers = new Number[rows];
        String[] texts = new String[rows];
        Arrays.fill(numbers, number);
        Arrays.fill(texts, text(number));
        return RecordBatch.of(memory, int64("number", numbers), utf8("text", texts));
    }

    static String text(long number) {
        return "batch " + number;
    }

    byte[] batch(int number) {
        return batches.get(number);
    }

    /** Schema, all batches and the end. */
    byte[] whole() {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(schema);
        batches.forEach(bytes::writeBytes);
        bytes.writeBytes(end);
        return bytes.toByteArray();
    }
}
