package io.lightstream.codec.internal.body;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.memory.MemoryOwner;
import java.io.IOException;

/**
 * A body that lies in memory, whole or in several windows, as a mapped file has it where one mapping cannot span it.
 *
 * @param <X> what goes wrong where a window has to be made first
 */
@FunctionalInterface
public interface BodySource<X extends IOException> {
    /**
     * A window that holds {@code length} bytes from {@code offset} of the body on. Ranges inside of the body only are asked
     * for.
     *
     * @throws LightstreamException where no window can
     * @throws X where one could not be made
     */
    Window window(long offset, long length) throws LightstreamException, X;

    /** A body that lies in {@code memory} from its first byte on; borrowed. */
    static BodySource<LightstreamException> of(MemoryOwner memory) {
        Window whole = new Window(memory, 0);
        return (offset, length) -> whole;
    }

    /**
     * Part of a body.
     *
     * @param memory borrowed; who uses what lies there keeps a reference
     * @param start the offset in the body of the memory's first byte; negative where the memory begins before the body
     */
    record Window(MemoryOwner memory, long start) {
        /** Whether the range lies in this window whole. */
        public boolean holds(long offset, long length) {
            return offset >= start && offset - start <= memory.length() - length;
        }

        long address(long offset) {
            return memory.address() + (offset - start);
        }
    }
}
