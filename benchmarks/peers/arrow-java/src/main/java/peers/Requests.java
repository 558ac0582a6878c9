package peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The lines exchanged with the coordinator. */
final class Requests {
    private final BufferedReader lines =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));

    void ready(String address) {
        System.out.println(address.isEmpty() ? "ready" : "ready " + address);
    }

    /** The number of batches to do next, or -1 at the end. */
    long next() throws IOException {
        String line = lines.readLine();
        return line == null ? -1 : Long.parseLong(line);
    }

    void sent(long batches) {
        System.out.println("done " + batches + " 0 -");
    }

    void done(long batches, long nanos, long sum) {
        System.out.println("done " + batches + " " + nanos + " " + sum);
    }
}
