package io.lightstream.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ByteWindowTest {
    private static final byte[] BYTES = {99, 1, 2, 3, 4, 5, 6, 7, 8, 9, 99};

    /** The bytes 1 to 9, with others on both sides. */
    private static ByteWindow window() {
        return ByteWindow.of(ByteBuffer.wrap(BYTES, 1, 9), 1000);
    }

    @Test
    void readsLittleEndianAtAnyIndex() {
        ByteWindow window = window();

        assertThat(window.remaining()).isEqualTo(9);
        assertThat(window.position()).isEqualTo(1000);
        assertThat(window.getByte(0)).isEqualTo((byte) 1);
        assertThat(window.getByte(8)).isEqualTo((byte) 9);
        assertThat(window.getInt(0)).isEqualTo(0x04030201);
        assertThat(window.getInt(5)).isEqualTo(0x09080706);
        assertThat(window.getLong(1)).isEqualTo(0x0908070605040302L);
        assertThat(window).hasToString("ByteWindow[9 bytes @1000]");
    }

    @Test
    void seesNothingOutsideOfItself() {
        ByteWindow w = window();
        outOfBounds(() -> w.getByte(-1));
        outOfBounds(() -> w.getByte(9));
        outOfBounds(() -> w.getInt(6));
        outOfBounds(() -> w.getInt(-1));
        outOfBounds(() -> w.getLong(2));
        outOfBounds(() -> w.getInt(Integer.MAX_VALUE));
        outOfBounds(() -> w.slice(5, 5));
        outOfBounds(() -> w.slice(1, -1));
        outOfBounds(() -> w.copyTo(8, new byte[2], 0, 2));
        outOfBounds(() -> w.copyTo(8, ByteBuffer.allocate(2)));
        outOfBounds(() -> w.indexOf((byte) 1, 10));
        outOfBounds(() -> w.indexOf((byte) 1, -1));
        w.clear();
        outOfBounds(() -> w.getByte(0));
    }

    private static void outOfBounds(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void sliceIsReadOnlyAndLittleEndian() {
        ByteBuffer slice = window().slice(2, 4);

        assertThat(slice.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(slice.remaining()).isEqualTo(4);
        assertThat(slice.getInt()).isEqualTo(0x06050403);
        assertThatThrownBy(() -> slice.put(0, (byte) 0)).isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    void copies() {
        byte[] array = new byte[5];
        window().copyTo(3, array, 1, 3);
        assertThat(array).containsExactly(0, 4, 5, 6, 0);

        ByteBuffer direct = ByteBuffer.allocateDirect(8).position(2).limit(6);
        window().copyTo(5, direct);
        assertThat(direct.remaining()).isZero();
        assertThat(direct.getInt(2)).isEqualTo(0x06070809);
    }

    @Test
    void indexOfFindsTheFirstWhateverLiesAround() {
        Random random = new Random(1);
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextInt(6) - 3); // neighbours such as 0, 1 and 0xFF are where tricks fail
            }
            ByteWindow window = ByteWindow.of(ByteBuffer.wrap(bytes), 0);
            byte wanted = (byte) (random.nextInt(6) - 3);
            int from = random.nextInt(bytes.length + 1);
            int expected = -1;
            for (int i = bytes.length - 1; i >= from; i--) {
                expected = bytes[i] == wanted ? i : expected;
            }
            assertThat(window.indexOf(wanted, from)).isEqualTo(expected);
        }
    }
}
