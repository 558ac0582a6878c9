package io.lightstream.codec.memory;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.BufferLedger;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.OwnershipTransferResult;
import org.apache.arrow.memory.ReferenceManager;

/** Moves one buffer to another allocator. */
final class OwnerTransfer {

    private OwnerTransfer() {}

    /** A buffer with a reference of its own over the same bytes, charged to {@code target}. */
    static ArrowBuf to(BufferAllocator target, ArrowBuf owner) {
        ReferenceManager manager = owner.getReferenceManager();
        boolean copyNeeded =
                manager instanceof BufferLedger && manager.getAllocator().getRoot() != target.getRoot();
        return copyNeeded ? copied(target, owner) : moved(target, owner);
    }

    private static ArrowBuf moved(BufferAllocator target, ArrowBuf owner) {
        OwnershipTransferResult result = owner.getReferenceManager().transferOwnership(owner, target);
        if (!result.getAllocationFit()) {
            // Arrow has moved the charge all the same. Releasing the only reference of the target moves it back.
            result.getTransferredBuffer().getReferenceManager().release();
            throw new OutOfMemoryException("transfer of " + owner.capacity() + " bytes to [" + target.getName()
                    + "]: expected at most " + target.getLimit() + " bytes in use there");
        }
        return result.getTransferredBuffer();
    }

    private static ArrowBuf copied(BufferAllocator target, ArrowBuf owner) {
        long length = owner.capacity();
        ArrowBuf copy = target.buffer(length);
        long shift = shiftTo(owner.memoryAddress(), copy.memoryAddress());
        if (shift != 0) {
            // Not one of our allocators, which all align to 64.
            copy.getReferenceManager().release();
            copy = target.buffer(length + SizeClasses.ALIGNMENT);
            shift = shiftTo(owner.memoryAddress(), copy.memoryAddress());
        }
        NativeMemory.copy(owner.memoryAddress(), copy.memoryAddress() + shift, length);
        return copy.getReferenceManager().deriveBuffer(copy, shift, length);
    }

    /** How far to go from {@code address} to have the same offset from a 64-byte boundary as {@code model}. */
    private static long shiftTo(long model, long address) {
        return (model - address) & (SizeClasses.ALIGNMENT - 1);
    }
}
