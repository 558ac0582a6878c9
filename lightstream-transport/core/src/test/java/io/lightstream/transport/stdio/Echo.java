package io.lightstream.transport.stdio;

import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.transport.Lightstream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A process that copies its standard input to its standard output. */
final class Echo {
    private Echo() {}

    public static void main(String[] args) throws IOException {
        try (var memory = LightstreamMemory.create();
                var connection = Lightstream.connect("-", memory)) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(10_000);
            while (connection.input().read(bytes.clear()) >= 0) {
                bytes.flip();
                while (bytes.hasRemaining()) {
                    connection.output().write(bytes);
                }
            }
        }
    }
}
