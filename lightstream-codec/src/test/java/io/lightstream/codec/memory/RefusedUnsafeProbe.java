package io.lightstream.codec.memory;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Run with {@code --sun-misc-unsafe-memory-access=deny}. */
final class RefusedUnsafeProbe {

    private RefusedUnsafeProbe() {}

    @SuppressWarnings("SystemOut") // that is how it reports
    public static void main(String[] arguments) {
        System.out.println("permitted " + UnsafeRawAccess.isPermitted());
        NativeBlock block = NativeBlock.allocate(100, 64);
        byte[] bytes = {1, 2, 3, 4, 5, 6, 7, 8};
        NativeMemory.copy(bytes, 0, block.address() + 1, 8);
        System.out.println(NativeMemory.getLong(block.address() + 1));
        byte[] out = new byte[2];
        NativeMemory.copyOut(block.address() + 2, out, 0, 2);
        System.out.println(Arrays.toString(out));
        ByteBuffer view = NativeMemory.view(block.address(), 100);
        view.put(99, (byte) 77);
        System.out.println(NativeMemory.getByte(NativeMemory.addressOf(view) + 99));
        block.free();
    }
}
