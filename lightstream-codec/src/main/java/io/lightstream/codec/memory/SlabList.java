package io.lightstream.codec.memory;

import org.jspecify.annotations.Nullable;

/** A doubly linked list threaded through the slabs themselves. Guarded by the lock of its {@link SlabClass}. */
final class SlabList {

    private @Nullable Slab head;
    private int size;

    @Nullable
    Slab head() {
        return head;
    }

    int size() {
        return size;
    }

    void add(Slab slab) {
        slab.previous = null;
        slab.next = head;
        if (head != null) {
            head.previous = slab;
        }
        head = slab;
        size++;
    }

    void remove(Slab slab) {
        if (slab.previous == null) {
            head = slab.next;
        } else {
            slab.previous.next = slab.next;
        }
        if (slab.next != null) {
            slab.next.previous = slab.previous;
        }
        slab.previous = null;
        slab.next = null;
        size--;
    }
}
