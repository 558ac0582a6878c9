package io.lightstream.transport.stdio;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.Lightstream;
import java.io.IOException;

/** A process that copies the stream of its standard input to its standard output. */
final class Echo {
    private Echo() {}

    public static void main(String[] args) throws IOException {
        try (LightstreamMemory memory = LightstreamMemory.create();
                BatchReader reader = Lightstream.open("-", memory);
                BatchWriter writer = Lightstream.create("-", reader.schema())) {
            for (RecordBatch batch : reader) {
                writer.write(batch);
            }
        }
    }
}
