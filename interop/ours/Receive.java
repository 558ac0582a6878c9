import io.lightstream.codec.BatchReader;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.Connection;
import io.lightstream.transport.Lightstream;
import io.lightstream.transport.Server;
import java.io.IOException;

/**
 * Accepts one connection, reads its stream to the end and says how the bodies came in. Prints the port first, where the URI
 * leaves it open, then one line: batches, rows, whether every buffer began at a multiple of 64, bytes copied, bytes read
 * straight to their place.
 */
public final class Receive {
    private Receive() {}

    /** The first argument is the URI to listen on. */
    public static void main(String[] args) throws IOException {
        try (LightstreamMemory memory = LightstreamMemory.create();
                Server server = Lightstream.listen(args[0], memory)) {
            System.out.println(server.uri());
            try (Connection connection = server.accept();
                    BatchReader batches = connection.reader()) {
                long count = 0;
                long rows = 0;
                boolean aligned = true;
                for (RecordBatch batch : batches) {
                    count++;
                    rows += batch.rowCount();
                    aligned &= batch.aligned();
                }
                System.out.printf(
                        "batches=%d rows=%d aligned=%b copied=%d direct=%d%n",
                        count, rows, aligned, connection.copiedBytes(), connection.directBytes());
            }
        }
    }
}
