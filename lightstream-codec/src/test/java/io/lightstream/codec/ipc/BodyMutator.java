package io.lightstream.codec.ipc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.MessageHeader;

/** Changes what stands in the buffers of a good stream and leaves its metadata alone, so that its structure stays right. */
final class BodyMutator {
    private static final int MOST_CHANGES = 4;
    private static final long[] LIES = {
        -1,
        -2,
        1,
        2,
        12,
        13,
        100,
        Byte.MIN_VALUE,
        Short.MAX_VALUE,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 40,
        Long.MAX_VALUE / 8,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    /** Where a buffer lies in the stream. */
    private record Place(int from, int length) {}

    private final byte[] good;
    private final List<Place> places = new ArrayList<>();

    BodyMutator(byte[] stream) {
        this.good = stream;
        for (MessageWalk.Step step : MessageWalk.walk(stream, 0)) {
            if (step.message().headerType() != MessageHeader.Schema) {
                int body = step.offset() + step.metadataLength();
                for (int i = 0; i < step.batch().buffersLength(); i++) {
                    Buffer buffer = step.batch().buffers(i);
                    if (buffer.length() > 0) {
                        places.add(new Place(body + (int) buffer.offset(), (int) buffer.length()));
                    }
                }
            }
        }
    }

    /** Whether there is anything to change. */
    boolean hasBodies() {
        return !places.isEmpty();
    }

    /** A copy with a few values changed. */
    byte[] mutate(Random random) {
        byte[] mutated = good.clone();
        ByteBuffer bytes = ByteBuffer.wrap(mutated).order(ByteOrder.LITTLE_ENDIAN);
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes; i++) {
            change(bytes, places.get(random.nextInt(places.size())), random);
        }
        return mutated;
    }

    private static void change(ByteBuffer bytes, Place place, Random random) {
        int width = 1 << random.nextInt(4);
        if (place.length() < width || random.nextInt(4) == 0) {
            bytes.put(place.from() + random.nextInt(place.length()), (byte) random.nextInt());
            return;
        }
        int at = place.from() + random.nextInt(place.length() / width) * width;
        long lie = LIES[random.nextInt(LIES.length)];
        switch (width) {
            case Byte.BYTES -> bytes.put(at, (byte) lie);
            case Short.BYTES -> bytes.putShort(at, (short) lie);
            case Integer.BYTES -> bytes.putInt(at, (int) lie);
            default -> bytes.putLong(at, lie);
        }
    }
}
