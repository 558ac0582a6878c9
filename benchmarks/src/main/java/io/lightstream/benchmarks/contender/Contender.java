package io.lightstream.benchmarks.contender;

import io.lightstream.codec.Validation;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;

/** Entry point; {@code benchmarks/README.md} says what a contender is told and what it answers. */
public final class Contender {
    private static final String WITHOUT_VALUE_CHECKS = "ours-structure";

    private Contender() {}

    /**
     * Does batches as requested on standard input.
     *
     * @param arguments {@code NAME send|receive ADDRESS SHAPE} or {@code NAME ipc encode|decode SHAPE}
     * @throws IOException when the connection or standard input fails
     */
    public static void main(String[] arguments) throws IOException {
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
