package io.lightstream.transport.unix;

import io.lightstream.transport.contract.TransportContract;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

class UnixContractTest extends TransportContract {
    private static final AtomicInteger COUNT = new AtomicInteger();

    @TempDir
    Path directory;

    @Override
    protected String listenUri() {
        return "unix://" + directory.resolve("socket-" + COUNT.incrementAndGet());
    }
}
