package peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Does as many steps as lines on standard input ask for. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        if (!arguments[1].equals("mmap")) {
            throw new IOException("unknown role " + arguments[1]);
        }
        boolean timesClosing = arguments[2].equals("close");
        try (Opening opening = new Opening(arguments[4], arguments[3].equals("all"))) {
            System.out.println("ready");
            BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                System.out.println(opening.run(Integer.parseInt(line), timesClosing));
            }
        }
        System.exit(0);
    }
}
