package io.lightstream.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * What this process is connected to. Commands read and print through this, never through {@link System}, so that tests run
 * them within their own process.
 *
 * @param input standard input; closing it does nothing
 * @param output standard output for bytes; closing it does nothing
 * @param error for messages and progress
 * @param outputIsTerminal whether a person looks at standard output
 * @param errorIsTerminal whether a person looks at standard error
 * @param width of the terminal, in cells
 */
record Shell(
        ReadableByteChannel input,
        WritableByteChannel output,
        PrintStream error,
        BooleanSupplier outputIsTerminal,
        BooleanSupplier errorIsTerminal,
        IntSupplier width) {

    /** That of this process; channels of the files rather than {@code System.in} and {@code out}, which would copy the bytes. */
    @SuppressWarnings("resource") // the standard streams stay open until the process ends
    static Shell ofProcess() {
        return new Shell(
                new StandardInput(new FileInputStream(FileDescriptor.in).getChannel()),
                new StandardOutput(new FileOutputStream(FileDescriptor.out).getChannel()),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                () -> Terminal.isTerminal(1),
                () -> Terminal.isTerminal(2),
                Terminal::width);
    }

    /** Standard output for text; unlike a print stream it does not keep failures to itself. To be flushed. */
    Writer text() {
        return new BufferedWriter(Channels.newWriter(output, StandardCharsets.UTF_8));
    }
}
