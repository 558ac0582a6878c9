package io.lightstream.codec.memory;

/**
 * A block in use. The same object goes back and forth between the pool and its users, so that recycling makes no garbage;
 * whoever holds it must release it exactly once.
 */
interface PooledBlock {

    long address();

    /** The length of the whole block, in bytes: a size of {@link SizeClasses}. */
    long length();

    /** Gives the block back. Any thread may do so. */
    void release();
}
