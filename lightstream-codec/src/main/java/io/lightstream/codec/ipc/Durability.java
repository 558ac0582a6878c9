package io.lightstream.codec.ipc;

/**
 * What has reached the device when a call that appends to a file returns. The death of a process loses nothing that was
 * flushed, whatever is chosen here: this is about the machine.
 */
public enum Durability {
    /** Left to the operating system. After a power cut a footer may be there and data before it not. */
    SYSTEM,
    /** Data are forced before the footer is written, and the footer before {@code finish} or {@code close} returns: once each. */
    END,
    /** {@link #END}, and what was written is forced by each {@code flush}. */
    FLUSH
}
