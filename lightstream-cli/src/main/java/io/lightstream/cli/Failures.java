package io.lightstream.cli;

import io.lightstream.cli.inspect.VisibleText;
import io.lightstream.codec.ColumnSelectionException;
import io.lightstream.codec.InvalidValueException;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.LimitExceededException;
import io.lightstream.mmap.follow.RotatedFileException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import org.apache.arrow.memory.OutOfMemoryException;

/** What went wrong, as one line and an exit code. Stack traces are for defects of this program, and on request. */
final class Failures {
    /** Environment variable that asks for stack traces. */
    static final String DEBUG = "LIGHTSTREAM_DEBUG";

    private static final char REPLACEMENT = '\uFFFD';

    private Failures() {}

    /** Prints the line and answers the exit code. */
    static int report(Throwable thrown, PrintStream error) {
        Throwable failure = unwrapped(thrown);
        if (isBrokenPipe(failure)) {
            return ExitCode.DONE; // whoever read has seen enough
        }
        error.println("lightstream: " + describe(failure));
        for (Throwable onTheWay : failure.getSuppressed()) {
            if (exitCode(onTheWay) == ExitCode.DEFECT) {
                error.println("lightstream: " + describe(onTheWay)); // memory that leaked, above all
            }
        }
        trace(failure, error);
        error.flush();
        return exitCode(failure);
    }

    /** Prints the stack trace, if that was asked for. */
    static void trace(Throwable failure, PrintStream error) {
        if (System.getenv(DEBUG) != null) {
            failure.printStackTrace(error);
        }
    }

    static int exitCode(Throwable thrown) {
        Throwable failure = unwrapped(thrown);
        if (failure instanceof UsageException || failure instanceof ColumnSelectionException) {
            return ExitCode.USAGE;
        }
        if (failure instanceof RotatedFileException) {
            return ExitCode.IO; // the data were good
        }
        if (isBadData(failure)) {
            return isOverMemoryLimit(failure) ? ExitCode.IO : ExitCode.BAD_DATA;
        }
        if (failure instanceof IOException || isOutOfMemory(failure)) {
            return ExitCode.IO;
        }
        return ExitCode.DEFECT;
    }

    /** One line without line breaks, tabs and what would move a terminal's cursor: names of columns come from outside. */
    static String describe(Throwable failure) {
        return oneLine(sentence(unwrapped(failure)));
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof UncheckedIOException && failure.getCause() != null ? failure.getCause() : failure;
    }

    static String oneLine(String text) {
        return VisibleText.of(text.strip().replaceAll("\\s*[\\r\\n]+\\s*", "; ").replace('\t', ' '));
    }

    private static String sentence(Throwable failure) {
        if (failure instanceof FileSystemException file) {
            return file.getFile() + ": " + reason(file);
        }
        String message = failure.getMessage();
        if (isOutOfMemory(failure)) {
            return "out of memory: " + message + "; allow more with --limit-memory or -XX:MaxDirectMemorySize";
        }
        if (isOverMemoryLimit(failure)) {
            return message + "; allow more with --limit-memory";
        }
        if (failure instanceof UsageException || isBadData(failure)) {
            return message == null ? "" : message;
        }
        if (failure instanceof IOException && message != null) {
            return message;
        }
        return failure instanceof IOException
                ? failure.getClass().getSimpleName()
                : "this is a defect, please report it (" + DEBUG + "=1 shows where): " + failure;
    }

    /** The JDK leaves the reason of the commonest failures to the class. */
    private static String reason(FileSystemException failure) {
        String said = failure.getReason();
        if (said != null) {
            return said.toLowerCase(Locale.ROOT);
        }
        if (failure instanceof NoSuchFileException) {
            // The JVM puts this character where a name was no text.
            return failure.getFile().indexOf(REPLACEMENT) < 0
                    ? "no such file"
                    : "no such file, or its name is not in the encoding of the locale: then give it on standard input";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "exists already";
        }
        if (failure instanceof NotDirectoryException) {
            return "not a directory";
        }
        return failure instanceof FileSystemLoopException ? "a loop of links" : "the file system refused";
    }

    private static boolean isBadData(Throwable failure) {
        return failure instanceof LightstreamException || failure instanceof InvalidValueException;
    }

    private static boolean isOutOfMemory(Throwable failure) {
        return failure instanceof OutOfMemoryException || failure instanceof OutOfMemoryError;
    }

    /**
     * Whether the input wants more memory than {@code --limit-memory} allows, which says nothing about the data. To want more
     * than the JVM has is another matter: that a length is a lie shows in nothing else.
     */
    private static boolean isOverMemoryLimit(Throwable failure) {
        if (failure instanceof LimitExceededException) {
            for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
                // Allocators tell whose limit it was, the JVM does not.
                if (cause instanceof OutOfMemoryException refused
                        && refused.getOutcomeDetails().isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isBrokenPipe(Throwable failure) {
        return failure instanceof OutputClosedException;
    }
}
