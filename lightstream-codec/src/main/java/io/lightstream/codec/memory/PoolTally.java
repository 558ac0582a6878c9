package io.lightstream.codec.memory;

/** Sums over the parts of a pool while its statistics are taken. */
final class PoolTally {
    long keptBytes;
    long allocations;
    long poolHits;
    long blocksInUse;
}
