package io.lightstream.mmap.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.LimitExceededException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.input.MessageCursor;
import io.lightstream.codec.internal.input.MessageCursor.Found;
import io.lightstream.codec.internal.input.PositionedInput;
import io.lightstream.codec.ipc.IpcStreamWriter;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is found in a file whose writers get on, die and are followed by others between any two reads. */
class FollowCompleteMessagesTest {
    private static final int FILES = 300;
    private static final int MESSAGES = 60;
    /** Of lengths that lie closely enough together for one message to be taken for the other. */
    private static final int[] ROWS = {1, 1, 1, 2, 40, 40, 60, 80, 100, 120, 150, 200, 300};

    @Test
    void aFoundMessageIsCompleteWhereOneWriterDiesALook() throws IOException {
        // Several of them have the same metadata and other bodies.
        List<byte[]> messages = new ArrayList<>();
        for (int rows : ROWS) {
            messages.add(message(messages.size(), rows, false));
        }
        assertComplete(messages, 1);
    }

    @Test
    void aFoundMessageIsCompleteHoweverManyWritersDieWhereNoTwoWriteTheSameMetadata() throws IOException {
        List<byte[]> messages = new ArrayList<>();
        for (int rows : ROWS) {
            messages.add(message(messages.size(), rows, true));
        }
        assertComplete(messages, Integer.MAX_VALUE);
    }

    @Test
    void theSizeOfOneWriterDoesNotCompleteTheMetadataOfAnother() throws IOException {
        byte[] large = message(1, 700, false);
        byte[] small = message(2, 100, false);
        byte[] tornLarge = Arrays.copyOf(large, large.length - 1);
        byte[] tornSmall = Arrays.copyOf(small, small.length - 1);

        // Size of the first, metadata of the second, size of the third, which then goes on.
        assertThat(look(tornLarge, tornSmall, tornLarge, tornLarge)).isInstanceOf(Found.Incomplete.class);
        assertThat(look(tornLarge, tornSmall, tornLarge, large)).isInstanceOf(Found.Message.class);
        // The size falls and rises; nothing is known of the rest.
        assertThat(look(tornLarge, tornSmall, tornSmall, tornSmall)).isInstanceOf(Found.Incomplete.class);
        assertThat(look(tornLarge, tornSmall, tornSmall, small)).isInstanceOf(Found.Message.class);
        // Cut off entirely while it is looked at.
        assertThat(look(large, new byte[0], new byte[0])).isInstanceOf(Found.EndOfInput.class);
    }

    @Test
    void bytesThatWereSeenOnlyOnceAreNoError() throws IOException {
        byte[] good = message(1, 100, false);
        byte[] zeros = new byte[good.length];
        byte[] text = new byte[good.length];
        Arrays.fill(text, (byte) 'x');

        assertThat(look(zeros, zeros, good, good)).isInstanceOf(Found.Message.class);
        assertThat(look(text, text, good)).isInstanceOf(Found.Message.class);
        assertThat(look(zeros)).isInstanceOf(Found.EndOfStream.class);
        assertThatThrownBy(() -> look(text)).isInstanceOf(LimitExceededException.class);
    }

    /** One look at a file that has another content at each call; the last one stays. */
    private static Found look(byte[]... contents) throws IOException {
        Iterator<byte[]> rest = List.of(contents).iterator();
        PositionedInput input = new PositionedInput() {
            private byte[] content = new byte[0];

            private void getOn() {
                content = rest.hasNext() ? rest.next() : content;
            }

            @Override
            public long size() {
                getOn();
                return content.length;
            }

            @Override
            public long read(long position, ByteBuffer... buffers) throws TruncatedStreamException {
                getOn();
                int count = buffers[0].remaining();
                if (position + count > content.length) {
                    throw new TruncatedStreamException("scripted", content.length, "input", count, "the end");
                }
                buffers[0].put(content, (int) position, count);
                return count;
            }
        };
        ShrinkingInput shrinking = new ShrinkingInput(input);
        MessageCursor cursor = new MessageCursor(shrinking, ReadLimits.defaults(), new InputSite("scripted"));
        return new CompleteMessages(shrinking, cursor, () -> Long.MAX_VALUE, Path.of("scripted"), 0).look(0);
    }

    private static void assertComplete(List<byte[]> messages, int deathsALook) throws IOException {
        int incomplete = 0;
        for (int seed = 0; seed < FILES; seed++) {
            Random random = new Random(seed);
            FollowedWriters writers = new FollowedWriters(new byte[0], messages, deathsALook, random);
            ShrinkingInput input = new ShrinkingInput(writers);
            MessageCursor cursor = new MessageCursor(input, ReadLimits.defaults(), new InputSite("simulated"));
            CompleteMessages complete =
                    new CompleteMessages(input, cursor, () -> Long.MAX_VALUE, Path.of("simulated"), 0);
            long position = 0;
            for (int count = 0; count < MESSAGES; ) {
                writers.beginLook();
                Found found = complete.look(position);
                if (found instanceof Found.Message message) {
                    int length = (int) (message.block().end() - position);
                    byte[] there = writers.complete((int) position, length);
                    assertThat(messages).anyMatch(one -> Arrays.equals(one, there));
                    position = message.block().end();
                    count++;
                } else {
                    incomplete++;
                    assertThat(found).isInstanceOfAny(Found.Incomplete.class, Found.EndOfInput.class);
                }
            }
        }
        assertThat(incomplete).as("looks that found nothing complete").isGreaterThan(FILES);
    }

    private static byte[] message(int number, int rows, boolean numbered) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (LightstreamMemory memory = LightstreamMemory.create();
                RecordBatch plain = FollowTable.batch(memory, number, rows);
                RecordBatch batch = plain.withMetadata(numbered ? Map.of("number", "" + number) : Map.of());
                IpcStreamWriter writer =
                        IpcStreamWriter.open(Channels.newChannel(bytes), plain.schema(), IpcWriteOptions.defaults())) {
            writer.flush();
            int schema = bytes.size();
            writer.write(batch);
            writer.flush();
            return Arrays.copyOfRange(bytes.toByteArray(), schema, bytes.size());
        }
    }
}
