package io.lightstream.cli;

import io.lightstream.cli.trips.Trips;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.Connection;
import io.lightstream.transport.Lightstream;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The second process of the demonstration. */
@Command(name = "demo-sender", hidden = true, header = "Send the table of the demonstration twice.")
final class DemoSenderCommand implements Callable<Integer> {
    private static final int STREAMS = 2;

    @Parameters(index = "0", paramLabel = "URI", description = "Where the receiver listens.")
    private String uri = "";

    @Parameters(index = "1", paramLabel = "ROWS", description = "Rows of the table.")
    private long rows;

    @Override
    public Integer call() throws IOException {
        try (LightstreamMemory memory = LightstreamMemory.create();
                Connection connection = Lightstream.connect(uri, memory)) {
            for (int i = 0; i < STREAMS; i++) {
                try (Trips trips = new Trips(memory, rows);
                        BatchWriter writer = connection.writer(trips.schema())) {
                    while (trips.next()) {
                        writer.write(trips.batch());
                    }
                }
            }
            // Ends when the receiver has closed the connection.
            connection.nextReader();
        }
        return ExitCode.DONE;
    }
}
