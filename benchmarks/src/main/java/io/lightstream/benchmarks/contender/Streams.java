package io.lightstream.benchmarks.contender;

import io.lightstream.codec.Validation;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;

/** Batches of streams: sent, received, encoded, decoded. */
final class Streams {
    private static final String WITHOUT_VALUE_CHECKS = "ours-structure";

    private Streams() {}

    static void run(String[] arguments) throws IOException {
        IpcReadOptions options = IpcReadOptions.defaults();
        if (arguments[0].equals(WITHOUT_VALUE_CHECKS)) {
            options = options.withValidation(Validation.STRUCTURE);
        }
        Data data = Data.valueOf(arguments[3]);
        Requests requests = new Requests(System.in, System.out);
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            switch (arguments[1] + " " + arguments[2].replaceFirst(":.*", "")) {
                case "send tcp", "send unix" -> new Transfer(requests, memory, options).send(arguments[2], data);
                case "receive tcp", "receive unix" -> new Transfer(requests, memory, options).receive(arguments[2]);
                case "ipc encode" -> new InMemory(requests, memory, options).encode(data);
                case "ipc decode" -> new InMemory(requests, memory, options).decode(data);
                default -> throw new IllegalArgumentException("unknown task: " + String.join(" ", arguments));
            }
        }
    }
}
