package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;

/** Steps through the bytes of a stream with Arrow's own flatbuffers classes, and checks framing, alignment and padding. */
final class MessageWalk {
    record Step(int offset, int metadataLength, Message message, ByteBuffer body) {
        RecordBatch batch() {
            return message.headerType() == MessageHeader.DictionaryBatch
                    ? dictionary().data()
                    : (RecordBatch) message.header(new RecordBatch());
        }

        DictionaryBatch dictionary() {
            return (DictionaryBatch) message.header(new DictionaryBatch());
        }

        /** Such as {@code schema}, {@code dictionary}, {@code delta}, {@code batch}. */
        String kind() {
            return switch (message.headerType()) {
                case MessageHeader.Schema -> "schema";
                case MessageHeader.DictionaryBatch -> dictionary().isDelta() ? "delta" : "dictionary";
                default -> "batch";
            };
        }
    }

    private MessageWalk() {}

    static List<String> kinds(byte[] bytes, int from) {
        return walk(bytes, from).stream().map(Step::kind).toList();
    }

    /** All messages up to the EOS marker, the first of which begins at {@code from}. */
    static List<Step> walk(byte[] bytes, int from) {
        List<Step> steps = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(from);
        while (true) {
            int offset = in.position();
            assertThat(in.getInt()).as("continuation marker").isEqualTo(-1);
            int length = in.getInt();
            if (length == 0) {
                return steps;
            }
            Message message = Message.getRootAsMessage(in.slice().order(ByteOrder.LITTLE_ENDIAN));
            in.position(in.position() + length);
            ByteBuffer body = in.slice(in.position(), (int) message.bodyLength());
            Step step = new Step(offset, 8 + length, message, body);
            check(step, in.position());
            in.position(in.position() + body.remaining());
            steps.add(step);
        }
    }

    private static void check(Step step, int bodyOffset) {
        assertThat(step.message().version()).isEqualTo(MetadataVersion.V5);
        assertThat(bodyOffset % 64).as("body offset").isZero();
        assertThat(step.body().remaining() % 64).as("body length").isZero();
        if (step.message().headerType() == MessageHeader.Schema) {
            return;
        }
        long end = 0;
        for (int i = 0; i < step.batch().buffersLength(); i++) {
            Buffer buffer = step.batch().buffers(i);
            assertThat(buffer.offset() % 64).as("buffer offset").isZero();
            for (; end < buffer.offset(); end++) {
                assertThat(step.body().get((int) end)).as("padding").isZero();
            }
            end = buffer.offset() + buffer.length();
        }
        assertThat(end).isLessThanOrEqualTo(step.body().remaining());
    }
}
