package io.lightstream.codec.internal.body;

import io.lightstream.codec.frame.DecodeResult;
import io.lightstream.codec.memory.NativeMemory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The views that the bytes of one step are read into. Views stay from step to step and are pointed at only part of what they
 * reach: where memory is reused, nothing is made anew. That is safe because the driver has given them back when it asks for the
 * next step, and because none is used beyond the length that it was asked for.
 */
final class ReceivingViews {
    private final int most;
    private ByteBuffer[] views = {};
    private long[] addresses = {};
    /** How many views there are, and how many of them belong to the step. */
    private int made;

    private int count;
    private DecodeResult.@Nullable NeedInto<?> last;

    ReceivingViews(int most) {
        this.most = most;
    }

    boolean hasRoom() {
        return count < most;
    }

    /** Takes all views back. */
    void clear() {
        count = 0;
    }

    /** Adds the {@code bytes} bytes at {@code address}, from position 0 to the limit of the view. */
    ByteBuffer add(long address, long bytes) {
        ByteBuffer view = count < made ? pointed(views[count], addresses[count], address, bytes) : null;
        if (view == null) {
            view = NativeMemory.view(address, bytes);
            put(view, address);
        }
        count++;
        return view;
    }

    private static @Nullable ByteBuffer pointed(ByteBuffer view, long start, long address, long bytes) {
        return start == address && view.capacity() >= bytes ? view.clear().limit((int) bytes) : null;
    }

    private void put(ByteBuffer view, long address) {
        if (count == views.length) {
            views = Arrays.copyOf(views, count + 1);
            addresses = Arrays.copyOf(addresses, count + 1);
        }
        views[count] = view;
        addresses[count] = address;
        made = Math.max(made, count + 1);
    }

    /** The step that fills what was added. */
    @SuppressWarnings("unchecked") // it holds no F
    <F> DecodeResult<F> needInto(int consumed) {
        DecodeResult.NeedInto<?> step = last;
        if (step == null || step.consumed() != consumed || !holdsAll(step.destinations())) {
            step = (DecodeResult.NeedInto<F>) DecodeResult.<F>needInto(consumed, Arrays.copyOf(views, count));
            last = step;
        }
        return (DecodeResult<F>) step;
    }

    @SuppressWarnings("ReferenceEquality") // the very same views, not others with the same bytes
    private boolean holdsAll(ByteBuffer[] destinations) {
        boolean same = destinations.length == count;
        for (int i = 0; same && i < count; i++) {
            same = destinations[i] == views[i];
        }
        return same;
    }
}
