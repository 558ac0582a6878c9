package io.lightstream.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.LimitExceededException;
import io.lightstream.codec.MalformedStreamException;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.TruncatedStreamException;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.memory.MemoryOptions;
import io.lightstream.transport.Connection;
import io.lightstream.transport.Lightstream;
import io.lightstream.transport.Server;
import io.lightstream.transport.TransportOptions;
import io.lightstream.transport.spi.ConnectionClosedException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Streams that end badly, and uses that are wrong. */
interface FailuresContract extends UsesFixture {
    @Test
    default void aPeerThatGoesAwayInMidMessageHasTruncatedTheStream() throws Exception {
        Peers peers = fixture().peers();
        try (RecordBatch batch = Batches.numbers(fixture().memory(), 100_000, 1)) {
            ByteBuffer bytes = Batches.encode(batch);
            Future<?> sent = fixture().run(() -> {
                Bytes.writeAll(peers.near().output(), bytes.slice(0, bytes.capacity() / 2));
                peers.near().close();
            });
            try (BatchReader reader = peers.far().reader()) {
                assertThatThrownBy(reader::next)
                        .isInstanceOf(TruncatedStreamException.class)
                        .hasMessageStartingWith("[" + peers.far().name() + " @" + bytes.capacity() / 2 + "] ");
            }
            sent.get();
        }
    }

    @Test
    default void aStreamThatEndsBetweenMessagesIsAccepted() throws Exception {
        Peers peers = fixture().peers();
        try (RecordBatch batch = Batches.numbers(fixture().memory(), 10, 1)) {
            BatchWriter writer = peers.near().writer(batch.schema());
            writer.write(batch);
            writer.flush();
            peers.near().close();
            try (BatchReader reader = peers.far().reader()) {
                Batches.assertNext(reader, batch);
                assertThat(reader.next()).isFalse();
            }
            assertThatThrownBy(writer::close).isInstanceOf(ConnectionClosedException.class);
        }
    }

    @Test
    default void bytesThatAreNoStreamAreMalformed() throws Exception {
        Peers peers = fixture().peers();
        Bytes.writeAll(
                peers.near().output(), ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        peers.near().shutdownOutput();
        assertThatThrownBy(() -> peers.far().reader())
                .isInstanceOf(LightstreamException.class)
                .hasMessageStartingWith("[" + peers.far().name() + " @0] ");
        assertThatThrownBy(() -> peers.far().reader()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    default void openingWhatIsNoStreamLeavesNothingOpen() throws Exception {
        Server server = fixture().listen();
        Future<Long> drained = fixture().async(() -> {
            try (Connection far = server.accept()) {
                Bytes.writeAll(far.output(), Bytes.random(100, 3));
                far.shutdownOutput();
                return Bytes.drain(far.input());
            }
        });
        assertThatThrownBy(() -> Lightstream.open(server.uri(), fixture().memory()))
                .isInstanceOf(LightstreamException.class)
                .hasMessageStartingWith("[" + server.uri() + " @0] ");
        assertThat(drained.get()).as("the connection was closed").isZero();
    }

    @Test
    default void aPeerThatFallsSilentIsATimeout() throws Exception {
        Peers peers = fixture().peers("readTimeout=100ms");
        try (RecordBatch batch = Batches.numbers(fixture().memory(), 100_000, 1)) {
            ByteBuffer bytes = Batches.encode(batch);
            Future<?> sent =
                    fixture().run(() -> Bytes.writeAll(peers.far().output(), bytes.slice(0, bytes.capacity() - 1000)));
            try (BatchReader reader = peers.near().reader()) {
                assertThatThrownBy(reader::next)
                        .isInstanceOf(SocketTimeoutException.class)
                        .hasMessage("[" + peers.near().name() + "] read: expected bytes within 100 ms, found none");
                assertThatThrownBy(reader::next).isInstanceOf(IllegalStateException.class);
            }
            sent.get();
        }
    }

    @Test
    default void closingTheConnectionWakesItsReader() throws Exception {
        Peers peers = fixture().peers();
        try (RecordBatch batch = Batches.numbers(fixture().memory(), 2_000, 1)) {
            ByteBuffer bytes = Batches.encode(batch);
            Bytes.writeAll(peers.near().output(), bytes.slice(0, bytes.capacity() - 1000));
            BatchReader reader = peers.far().reader();
            Future<?> read = Threads.blockedCall(fixture(), reader::next);
            peers.far().close();
            assertThatThrownBy(read::get).cause().isInstanceOf(ConnectionClosedException.class);
            assertThatThrownBy(reader::next).isInstanceOf(IllegalStateException.class);
            reader.close();
        }
    }

    @Test
    default void closingAReaderThatIsBlockedWakesIt() throws Exception {
        Peers peers = fixture().peers();
        try (RecordBatch batch = Batches.numbers(fixture().memory(), 10, 1)) {
            peers.near().writer(batch.schema()).flush();
            BatchReader reader = peers.far().reader();
            Future<?> read = Threads.blockedCall(fixture(), reader::next);
            reader.close();
            assertThatThrownBy(read::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(ConnectionClosedException.class);
            assertThat(peers.far().isOpen())
                    .as("there is no other way to wake a reader")
                    .isFalse();
        }
    }

    @Test
    default void aSecondThreadIsTurnedAway() throws Exception {
        Peers peers = fixture().peers();
        try (RecordBatch batch = Batches.numbers(fixture().memory(), 10, 1);
                BatchWriter writer = peers.near().writer(batch.schema())) {
            writer.flush();
            try (BatchReader reader = peers.far().reader()) {
                Future<Boolean> read = Threads.blockedCall(fixture(), reader::next);
                assertThatThrownBy(reader::next)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("in use by another thread");
                writer.write(batch);
                writer.flush();
                assertThat(read.get()).isTrue();
                Batches.assertSame(batch, reader.batch());
            }
        }
    }

    @Test
    default void moreThanMemoryAllowsIsALimit() throws Exception {
        Server server = fixture().listen();
        try (RecordBatch batch = Batches.numbers(fixture().memory(), 500_000, 1);
                LightstreamMemory little =
                        LightstreamMemory.create(MemoryOptions.defaults().withMaxBytes(1 << 20));
                Connection near = Lightstream.connect(server.uri(), little);
                Connection far = server.accept()) {
            Future<?> sent = fixture().run(() -> Batches.send(far, batch));
            try (BatchReader reader = near.reader()) {
                assertThatThrownBy(reader::next).isInstanceOf(LimitExceededException.class);
                assertThat(little.statistics().inUseBytes()).isZero();
            }
            near.close();
            await().until(sent::isDone);
        }
    }

    @Test
    default void aReaderThatWasLeftEarlyIsTheLast() throws Exception {
        Peers peers = fixture().peers();
        try (RecordBatch batch = Batches.numbers(fixture().memory(), 10, 1)) {
            Batches.send(peers.near(), batch);
            Batches.send(peers.near(), batch);
            try (BatchReader reader = peers.far().reader()) {
                Batches.assertNext(reader, batch);
            }
            assertThatThrownBy(() -> peers.far().reader())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not read to its end");
            Batches.send(peers.far(), batch);
            try (BatchReader reader = peers.near().reader()) {
                Batches.assertNext(reader, batch);
            }
        }
    }

    @Test
    default void oneWriterAtATime() throws Exception {
        Peers peers = fixture().peers();
        try (RecordBatch batch = Batches.numbers(fixture().memory(), 10, 1);
                BatchWriter writer = peers.near().writer(batch.schema())) {
            assertThatThrownBy(() -> peers.near().writer(batch.schema()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the writer before is still open");
            writer.write(batch);
            assertThatThrownBy(() -> {
                        try (RecordBatch other =
                                Batches.numbersAndStrings(fixture().memory(), 1, 1)) {
                            writer.write(other);
                        }
                    })
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    default void aClosedConnectionHasNeitherReaderNorWriter() throws Exception {
        Peers peers = fixture().peers();
        try (RecordBatch batch = Batches.numbers(fixture().memory(), 10, 1)) {
            peers.near().close();
            assertThatThrownBy(() -> peers.near().reader())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(peers.near().name());
            assertThatThrownBy(() -> peers.near().writer(batch.schema())).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    default void closingTheConnectionReleasesABorrowedBatch() throws Exception {
        Peers peers = fixture().peers();
        try (RecordBatch batch = Batches.numbers(fixture().memory(), 10_000, 1)) {
            Batches.send(peers.near(), batch);
            BatchReader reader = peers.far().reader();
            Batches.assertNext(reader, batch);
            RecordBatch borrowed = reader.batch();
            peers.far().close();
            assertThat(borrowed.isClosed()).isTrue();
        }
    }

    @Test
    default void aServerThatIsClosedInMidStreamLeavesNothing() throws Exception {
        Server server = fixture().listen();
        Future<?> serving = fixture()
                .run(() -> server.serve(connection -> {
                    try (BatchReader reader = connection.reader()) {
                        for (RecordBatch batch : reader) {
                            assertThat(batch.rowCount()).isEqualTo(10);
                        }
                    }
                }));
        Connection connection = fixture().connect(server);
        try (RecordBatch batch = Batches.numbers(fixture().memory(), 10, 1)) {
            BatchWriter writer = connection.writer(batch.schema());
            writer.write(batch);
            writer.flush();
            await().until(() -> server.connectionCount() == 1);
            server.close();
            serving.get();
            assertThat(fixture().reported()).isEmpty();
        }
        assertThat(fixture().memory().statistics().inUseBytes()).isZero();
    }

    @Test
    default void aWriterFindsThatThePeerIsGone() throws Exception {
        Peers peers = fixture().peers();
        try (RecordBatch batch = Batches.numbers(fixture().memory(), 10_000, 1)) {
            BatchWriter writer = peers.near().writer(batch.schema());
            peers.far().close();
            assertThatThrownBy(() -> {
                        while (true) {
                            writer.write(batch);
                            writer.flush();
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("[" + peers.near().name() + "] write: ");
            peers.near().close();
        }
    }

    @Test
    default void aMessageInTheWrongPlaceIsMalformed() throws Exception {
        Peers peers = fixture().peers();
        try (RecordBatch batch = Batches.numbers(fixture().memory(), 10, 1)) {
            BatchWriter writer = peers.near().writer(batch.schema());
            writer.write(batch);
            writer.flush();
            Bytes.writeAll(peers.near().output(), Batches.encode(batch));
            try (BatchReader reader = peers.far().reader()) {
                Batches.assertNext(reader, batch);
                assertThatThrownBy(reader::next).isInstanceOf(MalformedStreamException.class);
            }
            writer.close();
        }
    }

    @Test
    default void anAbandonedStreamIsTruncatedAndTheLast() throws Exception {
        Peers peers = fixture().peers();
        try (RecordBatch batch = Batches.numbers(fixture().memory(), 10, 1)) {
            BatchWriter writer = peers.near().writer(batch.schema());
            writer.write(batch);
            writer.abandon();
            writer.close();
            assertThatThrownBy(() -> peers.near().writer(batch.schema()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("[" + peers.near().name() + "]")
                    .hasMessageContaining("broke off");
            assertThatThrownBy(() -> peers.near().output()).isInstanceOf(IllegalStateException.class);
            peers.near().close();
            try (BatchReader reader = peers.far().reader()) {
                Batches.assertNext(reader, batch);
                assertThatThrownBy(reader::next).isInstanceOf(TruncatedStreamException.class);
            }
        }
    }

    @Test
    default void aSourceThatFailsIsNoShorterTable() throws Exception {
        Peers peers = fixture().peers();
        try (RecordBatch batch = Batches.numbers(fixture().memory(), 10, 1)) {
            ByteBuffer bytes = Batches.encode(batch);
            byte[] cut = new byte[bytes.remaining() - 20];
            bytes.get(cut);
            try (BatchReader source = Batches.read(fixture().memory(), cut);
                    BatchWriter writer = peers.near().writer(source.schema())) {
                assertThatThrownBy(() -> writer.writeAll(source)).isInstanceOf(TruncatedStreamException.class);
            }
            peers.near().close();
            try (BatchReader reader = peers.far().reader()) {
                assertThatThrownBy(reader::next).isInstanceOf(TruncatedStreamException.class);
            }
        }
    }

    @Test
    default void nothingFollowsAStreamThatFailed() throws Exception {
        Server server = fixture().listen();
        try (RecordBatch batch = Batches.numbers(fixture().memory(), 4_000_000, 1);
                Connection near = Lightstream.connect(
                        server.uri(),
                        fixture().memory(),
                        TransportOptions.defaults().writeTimeout(Duration.ofMillis(200)));
                Connection far = server.accept()) {
            assertThat(far.isOpen()).as("and never reads").isTrue();
            BatchWriter writer = near.writer(batch.schema());
            assertThatThrownBy(() -> writer.write(batch)).isInstanceOf(SocketTimeoutException.class);
            writer.close();
            assertThatThrownBy(() -> near.writer(batch.schema()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("broke off");
        }
    }

    @Test
    default void closingAWriterThatIsBlockedWakesIt() throws Exception {
        Peers peers = fixture().peers();
        try (RecordBatch batch = Batches.numbers(fixture().memory(), 4_000_000, 1)) {
            BatchWriter writer = peers.near().writer(batch.schema());
            Future<?> write = Threads.blocked(fixture(), () -> writer.write(batch));
            writer.close();
            assertThatThrownBy(write::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(ConnectionClosedException.class);
            assertThat(peers.near().isOpen())
                    .as("there is no other way to wake a writer")
                    .isFalse();
        }
    }
}
