package peers;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** The ways of using Arrow Java that are compared. What the allocator does is set by the flags of the run script. */
enum Flavor {
    /** A channel straight into the reader and writer, nothing configured. */
    AS_IT_COMES("arrow-java"),
    /** Streams with large buffers, as the JDK offers them. */
    BUFFERED("arrow-java-buffered"),
    /** Everything a careful user can do: staging of small pieces only, direct memory, a pool that fits the bodies. */
    POOLED("arrow-java-pooled"),
    FLIGHT("flight");

    private static final int BUFFER_BYTES = 256 * 1024;

    private final String label;

    Flavor(String label) {
        this.label = label;
    }

    static Flavor named(String label) {
        for (Flavor flavor : values()) {
            if (flavor.label.equals(label)) {
                return flavor;
            }
        }
        throw new IllegalArgumentException("unknown contender " + label);
    }

    /** A sink with the operation that empties its buffer. */
    record Sink(WritableByteChannel channel, Flush flush) {
        interface Flush {
            void run() throws java.io.IOException;
        }
    }

    Sink sink(SocketChannel socket) {
        if (this == BUFFERED) {
            BufferedOutputStream out = new BufferedOutputStream(Channels.newOutputStream(socket), BUFFER_BYTES);
            return new Sink(Channels.newChannel(out), out::flush);
        }
        if (this == POOLED) {
            StagingSink staging = new StagingSink(socket);
            return new Sink(staging, staging::flush);
        }
        return new Sink(socket, () -> {});
    }

    /** An allocator for the calling thread. */
    BufferAllocator allocator() {
        BufferAllocator allocator = new RootAllocator();
        if (this == POOLED) {
            // Never returned, so that Netty does not give the large chunk back each time it becomes empty.
            allocator.buffer(4_096);
        }
        return allocator;
    }

    ReadableByteChannel source(SocketChannel socket) {
        return switch (this) {
            case BUFFERED ->
                Channels.newChannel(new BufferedInputStream(Channels.newInputStream(socket), BUFFER_BYTES));
            case POOLED -> new StagingSource(socket);
            default -> socket;
        };
    }
}
