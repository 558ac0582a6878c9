package io.lightstream.cli;

import java.io.IOException;

/** Nobody reads standard output any more, as when {@code head} has seen enough. The command ends without a word. */
final class OutputClosedException extends IOException {
    private static final long serialVersionUID = 1L;

    OutputClosedException(IOException cause) {
        super(cause);
    }
}
