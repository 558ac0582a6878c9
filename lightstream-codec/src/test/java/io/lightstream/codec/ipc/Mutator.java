package io.lightstream.codec.ipc;

import java.util.Arrays;
import java.util.Random;

/** Damages good bytes the way disks, networks and attackers do. The same seed does the same damage. */
public final class Mutator {
    private static final int MOST_CHANGES = 4;
    private static final int MOST_INSERTED = 64;

    /** Values that make trouble as lengths, counts and offsets. */
    private static final int[] NASTY = {
        0, 1, -1, 7, 8, 63, 64, 255, 256, 65_535, Short.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 30, -8
    };

    private final Random random;
    private byte[] bytes;

    private Mutator(byte[] bytes, long seed) {
        this.random = new Random(seed);
        this.bytes = bytes.clone();
    }

    /** Bytes like {@code good} ones, but for a few changes. */
    public static byte[] mutate(byte[] good, long seed) {
        Mutator mutator = new Mutator(good, seed);
        int changes = 1 + mutator.random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes; i++) {
            mutator.change();
        }
        return mutator.bytes;
    }

    private void change() {
        switch (random.nextInt(8)) {
            case 0, 1 -> flipBit();
            case 2 -> setByte();
            case 3, 4 -> setInteger();
            case 5 -> truncate();
            case 6 -> insert();
            default -> swapRanges();
        }
    }

    private int place(int room) {
        // Half of all changes hit the beginning, where the schema lies.
        int end = bytes.length - room + 1;
        return end <= 0 ? 0 : random.nextInt(random.nextBoolean() ? end : Math.min(end, 2_048));
    }

    private void flipBit() {
        if (bytes.length > 0) {
            bytes[place(1)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
    }

    private void setByte() {
        if (bytes.length > 0) {
            bytes[place(1)] = (byte) random.nextInt();
        }
    }

    /** Lengths, counts and offsets lie at multiples of their size. */
    private void setInteger() {
        if (bytes.length >= Integer.BYTES) {
            int at = place(Integer.BYTES) & -Integer.BYTES;
            int value = random.nextBoolean() ? NASTY[random.nextInt(NASTY.length)] : random.nextInt(1 << 16);
            for (int i = 0; i < Integer.BYTES; i++) {
                bytes[at + i] = (byte) (value >>> (Byte.SIZE * i));
            }
        }
    }

    private void truncate() {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
    }

    private void insert() {
        int at = place(0);
        byte[] inserted = new byte[1 + random.nextInt(MOST_INSERTED)];
        random.nextBytes(inserted);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + inserted.length);
        System.arraycopy(bytes, at, longer, at + inserted.length, bytes.length - at);
        System.arraycopy(inserted, 0, longer, at, inserted.length);
        bytes = longer;
    }

    private void swapRanges() {
        int length = Math.min(1 + random.nextInt(MOST_INSERTED), bytes.length / 2);
        int a = place(length);
        int b = place(length);
        byte[] first = Arrays.copyOfRange(bytes, a, a + length);
        System.arraycopy(bytes.clone(), b, bytes, a, length);
        System.arraycopy(first, 0, bytes, b, length);
    }
}
