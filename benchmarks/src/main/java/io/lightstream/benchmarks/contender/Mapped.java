package io.lightstream.benchmarks.contender;

import java.io.IOException;
import java.nio.file.Path;

/** Work on mapped files. */
final class Mapped {
    private Mapped() {}

    /** {@code what} says which batches to open, or which column to sum up. */
    static void run(String operation, String what, String file) throws IOException {
        Path path = Path.of(file);
        switch (operation) {
            case "open", "close" -> {
                Opening opening = new Opening(path, what.equals("all"));
                opening.run(new Requests(System.in, System.out), operation.equals("close"));
            }
            case "cold" -> {
                long sum = new Opening(path, what.equals("all")).once();
                // In two parts: a JVM's first concatenation of strings takes milliseconds, which are not the file's.
                System.out.print("done 1 0 ");
                System.out.println(sum);
            }
            case "sum" -> Summing.run(new Requests(System.in, System.out), what, path);
            default -> throw new IllegalArgumentException("unknown operation: " + operation);
        }
    }
}
