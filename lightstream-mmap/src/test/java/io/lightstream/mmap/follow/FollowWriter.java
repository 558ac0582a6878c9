package io.lightstream.mmap.follow;

import static io.lightstream.codec.build.Columns.int64;

import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.input.ChannelInput;
import io.lightstream.codec.internal.input.MessageCursor;
import io.lightstream.codec.internal.input.MessageCursor.Found;
import io.lightstream.codec.internal.metadata.MessageMetadata;
import io.lightstream.codec.ipc.IpcStreamWriter;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;

/**
 * Appends to a stream in a JVM of its own, until it is killed or has written enough: {@code FILE BATCHES MICROS} with a pause
 * between batches. Cuts off first what one before it has left unfinished.
 *
 * <p>Each batch says its number, the time when it was about to be written, and a checksum of its values.
 */
final class FollowWriter {
    private static final int MAX_ROWS = 2_000;

    private FollowWriter() {}

    public static void main(String[] args) throws IOException {
        long batches = Long.parseLong(args[1]);
        long pauseNanos = 1000 * Long.parseLong(args[2]);
        try (FileChannel file = FileChannel.open(
                        Path.of(args[0]),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
                LightstreamMemory memory = LightstreamMemory.create()) {
            long size = file.size();
            long[] complete = completeMessages(file);
            file.truncate(complete[0]);
            Random random = new Random(size);
            // Encoded before anything is said, so that a death soon after hits the writing.
            byte[] next = message(memory, complete[1], complete[0] == 0, random, pauseNanos);
            System.out.println("writing behind " + (size - complete[0]));
            for (long i = 1; i <= batches; i++) {
                append(file, next, random, pauseNanos == 0);
                LockSupport.parkNanos(pauseNanos);
                next = message(memory, complete[1] + i, false, random, pauseNanos);
            }
        }
    }

    /** End of the last complete message, and number of complete batches. */
    static long[] completeMessages(FileChannel file) throws IOException {
        MessageCursor cursor =
                new MessageCursor(new ChannelInput(file, "file"), ReadLimits.defaults(), new InputSite("file"));
        long end = 0;
        long batches = 0;
        while (cursor.next(end, file.size()) instanceof Found.Message message) {
            batches += message.kind() == MessageMetadata.Kind.RECORD_BATCH ? 1 : 0;
            end = message.block().end();
        }
        return new long[] {end, batches};
    }

    /** The message of a batch, with the schema before it where there is none yet. */
    private static byte[] message(
            LightstreamMemory memory, long number, boolean withSchema, Random random, long pauseNanos)
            throws IOException {
        int rows = pauseNanos > 0 ? 10 : 1 + random.nextInt(1 + random.nextInt(MAX_ROWS));
        Number[] numbers = new Number[rows];
        Arrays.fill(numbers, number);
        Number[] values = random.longs(rows).boxed().toArray(Number[]::new);
        Number[] sums = new Number[rows];
        Arrays.fill(sums, checksum(List.of(values)));
        Number[] times = new Number[rows];
        Arrays.fill(times, System.nanoTime());
        var bytes = new ByteArrayOutputStream();
        try (RecordBatch batch = RecordBatch.of(
                        memory,
                        int64("number", numbers),
                        int64("values", values),
                        int64("checksum", sums),
                        int64("nanos", times));
                IpcStreamWriter writer =
                        IpcStreamWriter.open(Channels.newChannel(bytes), batch.schema(), IpcWriteOptions.defaults())) {
            writer.flush();
            int schema = bytes.size();
            writer.write(batch);
            writer.flush();
            return Arrays.copyOfRange(bytes.toByteArray(), withSchema ? 0 : schema, bytes.size());
        }
    }

    /** Checksum of values in their order. */
    static long checksum(List<? extends Number> values) {
        CRC32 crc = new CRC32();
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
        for (Number value : values) {
            crc.update(bytes.putLong(0, value.longValue()).array());
        }
        return crc.getValue();
    }

    private static void append(FileChannel file, byte[] message, Random random, boolean inPieces) throws IOException {
        for (int done = 0; done < message.length; ) {
            int count = inPieces ? 1 + random.nextInt(256) : message.length;
            ByteBuffer piece = ByteBuffer.wrap(message, done, Math.min(count, message.length - done));
            done += piece.remaining();
            while (piece.hasRemaining()) {
                file.write(piece, file.size());
            }
        }
    }
}
