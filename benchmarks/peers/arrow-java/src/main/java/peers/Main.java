package peers;

import java.io.IOException;

/** Dispatches on the contender's name and what it is to do; a bare start loads nothing of Arrow. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[1].equals("bare")) {
            System.out.println("done 1 0 -");
            System.exit(0);
        }
        Flavor flavor = Flavor.named(arguments[0]);
        switch (arguments[1]) {
            case "send" -> {
                if (flavor == Flavor.FLIGHT) {
                    FlightTransfer.send(arguments[2], Data.named(arguments[3]));
                } else {
                    SocketTransfer.send(flavor, arguments[2], Data.named(arguments[3]));
                }
            }
            case "receive" -> {
                if (flavor == Flavor.FLIGHT) {
                    FlightTransfer.receive(arguments[2]);
                } else {
                    SocketTransfer.receive(flavor, arguments[2]);
                }
            }
            case "ipc" -> InMemory.run(flavor, arguments[2], Data.named(arguments[3]));
            case "mmap" -> Mapped.run(flavor, arguments[2], arguments[3], arguments[4]);
            default -> throw new IOException("unknown role " + arguments[1]);
        }
        System.exit(0);
    }
}
