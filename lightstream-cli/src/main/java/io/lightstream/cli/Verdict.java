package io.lightstream.cli;

import java.util.Locale;

/**
 * What came of one comparison.
 *
 * @param detail one line: the first difference, what is wrong, or how much was compared
 */
record Verdict(Outcome outcome, String detail) {
    /** The words that are printed, in lower case. */
    enum Outcome {
        /** Both say the same. */
        OK(ExitCode.DONE),
        /** Both can be read and say different things. */
        DIFFERS(ExitCode.DIFFERENT),
        /** One of them is no valid data. */
        MALFORMED(ExitCode.BAD_DATA),
        /** One of them could not be read at all. */
        ERROR(ExitCode.IO),
        /** This program has failed. */
        DEFECT(ExitCode.DEFECT);

        private final int exitCode;

        Outcome(int exitCode) {
            this.exitCode = exitCode;
        }

        int exitCode() {
            return exitCode;
        }

        /** A defect is printed as an error: there are four answers. */
        String word() {
            return (this == DEFECT ? ERROR : this).name().toLowerCase(Locale.ROOT);
        }
    }

    /** The verdict that a failure amounts to. */
    static Verdict of(Throwable failure) {
        Outcome outcome = switch (Failures.exitCode(failure)) {
            case ExitCode.BAD_DATA -> Outcome.MALFORMED;
            case ExitCode.IO -> Outcome.ERROR;
            default -> Outcome.DEFECT;
        };
        return new Verdict(outcome, Failures.describe(failure));
    }
}
