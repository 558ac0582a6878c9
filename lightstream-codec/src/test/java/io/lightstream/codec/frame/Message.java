package io.lightstream.codec.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A frame shaped like an Arrow message, for tests: lengths of a header and a body (4 and 8 bytes), the header, the body,
 * and padding to a multiple of 8. A header that begins with 0xFF is one nobody wants.
 */
record Message(ByteBuffer header, ByteBuffer body) {
    static final int PREFIX_BYTES = 12;
    static final byte UNWANTED = (byte) 0xFF;

    static Message random(Random random, int headerBytes, int bodyBytes) {
        byte[] header = new byte[headerBytes];
        byte[] body = new byte[bodyBytes];
        random.nextBytes(header);
        random.nextBytes(body);
        if (headerBytes > 0) {
            header[0] = 0;
        }
        return new Message(ByteBuffer.wrap(header), ByteBuffer.wrap(body));
    }

    Message unwanted() {
        header.put(0, UNWANTED);
        return this;
    }

    boolean isWanted() {
        return !header.hasRemaining() || header.get(0) != UNWANTED;
    }

    int size() {
        return paddedEnd(header.remaining(), body.remaining());
    }

    static int paddedEnd(long headerBytes, long bodyBytes) {
        return (int) ((PREFIX_BYTES + headerBytes + bodyBytes + 7) & ~7L);
    }

    static byte[] stream(List<Message> messages) {
        ByteBuffer stream = ByteBuffer.allocate(
                        messages.stream().mapToInt(Message::size).sum())
                .order(ByteOrder.LITTLE_ENDIAN);
        for (Message message : messages) {
            int end = stream.position() + message.size();
            stream.putInt(message.header.remaining()).putLong(message.body.remaining());
            stream.put(message.header.duplicate()).put(message.body.duplicate()).position(end);
        }
        return stream.array();
    }

    static List<Message> wanted(List<Message> messages) {
        return messages.stream().filter(Message::isWanted).toList();
    }

    /** Reads bodies into {@code parts} buffers each, and skips the padding. */
    static final class Decoder implements FrameDecoder<Message> {
        private final int parts;
        private final boolean direct;
        private ByteBuffer header = ByteBuffer.allocate(0);
        private List<ByteBuffer> body = List.of();
        private int padding;
        private boolean filling;
        int closed;

        Decoder(int parts, boolean direct) {
            this.parts = parts;
            this.direct = direct;
        }

        @Override
        public DecodeResult<Message> decode(ByteWindow in) {
            if (filling) {
                return padding > 0 ? skipPadding() : finish();
            }
            if (in.remaining() < PREFIX_BYTES) {
                return DecodeResult.needMore(PREFIX_BYTES);
            }
            int start = PREFIX_BYTES + in.getInt(0);
            if (in.remaining() < start) {
                return DecodeResult.needMore(start);
            }
            int length = (int) in.getLong(4);
            byte[] bytes = new byte[start - PREFIX_BYTES];
            in.copyTo(PREFIX_BYTES, bytes, 0, bytes.length);
            header = ByteBuffer.wrap(bytes);
            if (bytes.length > 0 && bytes[0] == UNWANTED) {
                return DecodeResult.skipFrame(start, paddedEnd(bytes.length, length) - start);
            }
            padding = paddedEnd(bytes.length, length) - start - length;
            filling = true;
            body = split(length);
            return DecodeResult.needInto(start, body.toArray(ByteBuffer[]::new));
        }

        private DecodeResult<Message> skipPadding() {
            int bytes = padding;
            padding = 0;
            return DecodeResult.skip(0, bytes);
        }

        private DecodeResult<Message> finish() {
            filling = false;
            ByteBuffer whole = ByteBuffer.allocate(
                    body.stream().mapToInt(ByteBuffer::position).sum());
            body.forEach(part -> whole.put(part.flip()));
            return DecodeResult.frame(new Message(header, whole.flip()), 0);
        }

        private List<ByteBuffer> split(int length) {
            List<ByteBuffer> buffers = new ArrayList<>();
            for (int part = 0; part < parts; part++) {
                int size = (int) ((long) length * (part + 1) / parts - (long) length * part / parts);
                buffers.add(direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size));
            }
            return buffers;
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
