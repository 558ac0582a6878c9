package peers;

import java.io.IOException;

/** Dispatches on the contender's name and what it is to do. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
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
            default -> throw new IOException("unknown role " + arguments[1]);
        }
        System.exit(0);
    }
}
