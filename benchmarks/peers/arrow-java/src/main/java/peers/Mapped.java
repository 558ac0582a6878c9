package peers;

import java.io.IOException;
import java.nio.file.Path;

/** Work on files, which Arrow Java reads into memory of its own: it maps nothing. */
final class Mapped {
    private Mapped() {}

    static void run(Flavor flavor, String operation, String what, String file) throws IOException {
        Path path = Path.of(file);
        switch (operation) {
            case "open", "close" -> {
                Opening opening = new Opening(flavor.allocator(), path, what.equals("all"));
                opening.run(new Requests(), operation.equals("close"));
            }
            case "cold" -> {
                Opening opening = new Opening(flavor.allocator(), path, what.equals("all"));
                long sum = opening.once();
                // In two parts: a JVM's first concatenation of strings takes milliseconds, which are not the file's.
                System.out.print("done 1 0 ");
                System.out.println(sum);
            }
            case "sum" -> Summing.run(new Requests(), flavor.allocator(), what, path);
            default -> throw new IOException("unknown operation " + operation);
        }
    }
}
