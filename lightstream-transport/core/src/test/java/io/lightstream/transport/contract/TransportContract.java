package io.lightstream.transport.contract;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * The tests of every transport. Each starts without anything and ends with a check that nothing was left: no connection,
 * no server, no thread, no memory.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class TransportContract
        implements BytesContract, TimeoutContract, StreamsContract, FailuresContract, ServerContract {
    private TransportFixture fixture;

    /** For subclasses. */
    protected TransportContract() {}

    /** A URI without options to listen on, as often as one likes: a free port, another path each time. */
    protected abstract String listenUri() throws Exception;

    @BeforeEach
    final void openFixture() {
        fixture = new TransportFixture(this::listenUri);
    }

    @AfterEach
    final void closeFixture() throws Exception {
        fixture.close();
    }

    @Override
    public final TransportFixture fixture() {
        return fixture;
    }
}
