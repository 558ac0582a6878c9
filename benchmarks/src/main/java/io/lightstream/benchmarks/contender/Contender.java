package io.lightstream.benchmarks.contender;

import java.io.IOException;

/**
 * Entry point; {@code benchmarks/README.md} says what a contender is told and what it answers. It only chooses, so that a
 * bare start loads none of Lightstream's classes.
 */
public final class Contender {
    private Contender() {}

    /**
     * Does what the arguments say.
     *
     * @param arguments {@code NAME send|receive ADDRESS SHAPE}, {@code NAME ipc encode|decode SHAPE}, {@code NAME mmap
     *     open|close|cold all|ends FILE}, {@code NAME mmap sum COLUMN FILE} or {@code NAME bare}
     * @throws IOException when a connection, a file or standard input fails
     */
    public static void main(String[] arguments) throws IOException {
        switch (arguments[1]) {
            case "bare" -> System.out.println("done 1 0 -");
            case "mmap" -> Mapped.run(arguments[2], arguments[3], arguments[4]);
            default -> Streams.run(arguments);
        }
    }
}
