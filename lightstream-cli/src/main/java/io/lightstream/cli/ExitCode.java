package io.lightstream.cli;

/** How commands end, for scripts. */
final class ExitCode {
    static final int DONE = 0;
    /** {@code validate} found a difference, {@code recover --check} found damage. */
    static final int DIFFERENT = 1;

    static final int USAGE = 2;
    /** The input is malformed, over a limit or uses what is not supported. */
    static final int BAD_DATA = 3;
    /** A file, connection or the memory failed. */
    static final int IO = 4;
    /** A defect of this program; the number is that of {@code sysexits.h}. */
    static final int DEFECT = 70;

    private ExitCode() {}
}
