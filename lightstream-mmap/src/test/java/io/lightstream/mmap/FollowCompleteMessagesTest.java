package io.lightstream.mmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.input.MessageCursor;
import io.lightstream.codec.internal.input.MessageCursor.Found;
import io.lightstream.codec.ipc.IpcStreamWriter;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is found in a file whose writers get on, die and are followed by others between any two reads. */
class FollowCompleteMessagesTest {
    private static final int FILES = 300;
    private static final int MESSAGES = 60;

    @Test
    void aFoundMessageIsCompleteWhereOneWriterDiesALook() throws IOException {
        // Several of them have the same metadata and other bodies.
        List<byte[]> messages = new ArrayList<>();
        for (int rows : new int[] {1, 1, 1, 2, 2, 40, 40, 300, 700}) {
            messages.add(message(messages.size(), rows, false));
        }
        assertComplete(messages, 1);
    }

    @Test
    void aFoundMessageIsCompleteHoweverManyWritersDieWhereNoTwoWriteTheSameMetadata() throws IOException {
        List<byte[]> messages = new ArrayList<>();
        for (int rows : new int[] {1, 1, 1, 2, 2, 40, 40, 300, 700}) {
            messages.add(message(messages.size(), rows, true));
        }
        assertComplete(messages, Integer.MAX_VALUE);
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
