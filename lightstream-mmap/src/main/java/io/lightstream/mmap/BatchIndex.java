package io.lightstream.mmap;

import io.lightstream.codec.ipc.Footer;
import java.io.IOException;

/** Where the messages of a file lie: as its footer says, or as they follow each other in a stream. Not thread-safe. */
sealed interface BatchIndex permits FooterIndex, StreamIndex {
    /** Number of record batches. */
    int count() throws IOException;

    /** Whether there is a record batch {@code index}. */
    boolean has(int index) throws IOException;

    /** Record batch {@code index}, which is there. */
    Footer.Block batch(int index) throws IOException;

    /** How many of the dictionary batches come before record batch {@code index}, which is there. */
    int dictionariesBefore(int index) throws IOException;

    /** How many of the dictionary batches a reader that comes to the end has met; asked for there. */
    int dictionariesAtEnd();

    /** Dictionary batch {@code index}, one of those before a batch. */
    Footer.Block dictionary(int index);

    /** Whether a dictionary may come again with other values: in streams, not in files. */
    boolean allowsReplacement();
}
