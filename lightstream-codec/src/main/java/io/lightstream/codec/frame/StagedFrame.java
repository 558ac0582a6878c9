package io.lightstream.codec.frame;

import java.io.IOException;

/** A frame that puts itself together where it is written from, which saves collecting its parts in a buffer first. */
public interface StagedFrame {
    /**
     * Puts the whole frame on the stage.
     *
     * @param stage takes the bytes in order
     * @throws IOException as the stage throws it
     */
    void writeTo(FrameStage stage) throws IOException;
}
