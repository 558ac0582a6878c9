package io.lightstream.codec.ipc;

import java.util.Optional;

/**
 * What was found in a file that may have been cut, and what was done, or would be.
 *
 * @param keptBatches record batches that the last whole footer lists
 * @param recoveredBatches whole record batches behind that, which a new footer lists as well
 * @param oldSize bytes of the file as it was found
 * @param keptSize bytes of it that are kept; the others are cut off
 * @param problem why they are, which is where the file stops to be whole; empty where it is whole
 */
public record RecoveryReport(
        int keptBatches, int recoveredBatches, long oldSize, long keptSize, Optional<String> problem) {
    /** Whether nothing was wrong: the file stays as it is. */
    public boolean isWhole() {
        return problem.isEmpty();
    }

    /** Bytes that are cut off. */
    public long cutBytes() {
        return oldSize - keptSize;
    }

    /** Record batches that the file has in the end. */
    public int batches() {
        return keptBatches + recoveredBatches;
    }
}
