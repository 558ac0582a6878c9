package io.lightstream.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.BatchWriter;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.transport.Lightstream;
import io.lightstream.transport.Server;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Streams of batches over a connection. */
interface StreamsContract extends UsesFixture {
    @Test
    default void batchesGoInBothDirections() throws Exception {
        Peers peers = fixture().peers();
        try (RecordBatch there = Batches.numbersAndStrings(fixture().memory(), 5_000, 1);
                RecordBatch back = Batches.numbers(fixture().memory(), 3_000, 2)) {
            Future<?> sent = fixture().run(() -> Batches.send(peers.near(), there));
            Future<?> answered = fixture().run(() -> Batches.send(peers.far(), back));
            try (BatchReader far = peers.far().reader();
                    BatchReader near = peers.near().reader()) {
                Batches.assertNext(far, there);
                Batches.assertNext(near, back);
                assertThat(far.next()).isFalse();
                assertThat(near.next()).isFalse();
            }
            sent.get();
            answered.get();
        }
    }

    @Test
    default void streamsFollowOneAnother() throws Exception {
        Peers peers = fixture().peers();
        try (RecordBatch one = Batches.numbersAndStrings(fixture().memory(), 10, 1);
                RecordBatch two = Batches.numbers(fixture().memory(), 100_000, 2);
                RecordBatch none = Batches.numbers(fixture().memory(), 0, 3)) {
            Future<?> sent = fixture().run(() -> {
                for (RecordBatch batch : new RecordBatch[] {one, two, none, one}) {
                    Batches.send(peers.near(), batch);
                }
                peers.near().writer(two.schema()).close();
                peers.near().shutdownOutput();
            });
            for (RecordBatch expected : new RecordBatch[] {one, two, none, one}) {
                try (BatchReader reader = peers.far().reader()) {
                    Batches.assertNext(reader, expected);
                    assertThat(reader.next()).isFalse();
                }
            }
            try (BatchReader reader = peers.far().nextReader().orElseThrow()) {
                assertThat(reader.schema()).isEqualTo(two.schema());
                assertThat(reader.next()).isFalse();
            }
            assertThat(peers.far().nextReader()).isEmpty();
            assertThatThrownBy(() -> peers.far().reader())
                    .isInstanceOf(EOFException.class)
                    .hasMessage("[" + peers.far().name() + "] stream: expected one, found the end of the input");
            sent.get();
        }
    }

    @Test
    default void manySmallBatches() throws Exception {
        Peers peers = fixture().peers();
        int count = 20_000;
        try (RecordBatch batch = Batches.numbersAndStrings(fixture().memory(), 3, 1)) {
            Future<?> sent = fixture().run(() -> {
                try (BatchWriter writer = peers.near().writer(batch.schema())) {
                    for (int i = 0; i < count; i++) {
                        writer.write(batch);
                    }
                }
            });
            try (BatchReader reader = peers.far().reader()) {
                int received = 0;
                for (RecordBatch found : reader) {
                    assertThat(found.column(0).getLong(2))
                            .isEqualTo(batch.column(0).getLong(2));
                    received++;
                }
                assertThat(received).isEqualTo(count);
            }
            sent.get();
        }
    }

    @Test
    default void largeBatchesAreNotHeldWhileTheReaderIsSlow() throws Exception {
        Peers peers = fixture().peers();
        try (RecordBatch batch = Batches.numbers(fixture().memory(), 1_000_000, 1)) {
            Future<?> sent = fixture().run(() -> {
                try (BatchWriter writer = peers.near().writer(batch.schema())) {
                    for (int i = 0; i < 10; i++) {
                        writer.write(batch);
                    }
                }
            });
            try (BatchReader reader = peers.far().reader()) {
                for (int i = 0; i < 10; i++) {
                    Batches.assertNext(reader, batch);
                    assertThat(fixture().memory().statistics().inUseBytes())
                            .as("the batch that was sent, and the one that was received")
                            .isLessThan(20_000_000);
                }
                assertThat(reader.next()).isFalse();
            }
            sent.get();
        }
    }

    @Test
    default void oneByteAtATime() throws Exception {
        Peers peers = fixture().peers();
        try (RecordBatch batch = Batches.numbersAndStrings(fixture().memory(), 200, 1)) {
            ByteBuffer bytes = Batches.encode(batch);
            Future<?> sent = fixture().run(() -> {
                for (int i = 0; i < bytes.capacity(); i++) {
                    Bytes.writeAll(peers.near().output(), bytes.slice(i, 1));
                }
            });
            try (BatchReader reader = peers.far().reader()) {
                Batches.assertNext(reader, batch);
                assertThat(reader.next()).isFalse();
            }
            sent.get();
        }
    }

    @Test
    default void aQuestionAndItsAnswer() throws Exception {
        Server server = fixture().listen();
        Future<?> serving = fixture()
                .run(() -> server.serve(connection -> {
                    try (BatchReader question = connection.reader()) {
                        assertThat(question.next()).isTrue();
                        try (BatchWriter answer = connection.writer(question.schema())) {
                            answer.write(question.batch());
                            answer.write(question.batch());
                        }
                    }
                }));
        var connection = fixture().connect(server);
        try (RecordBatch batch = Batches.numbersAndStrings(fixture().memory(), 100, 1)) {
            Batches.send(connection, batch);
            connection.shutdownOutput();
            try (BatchReader answer = connection.reader()) {
                Batches.assertNext(answer, batch);
                Batches.assertNext(answer, batch);
                assertThat(answer.next()).isFalse();
            }
            assertThat(connection.nextReader()).isEmpty();
        }
        server.close();
        serving.get();
        assertThat(fixture().reported()).isEmpty();
    }

    @Test
    default void openingAndCreatingOwnTheirConnection() throws Exception {
        Server server = fixture().listen();
        try (RecordBatch batch = Batches.numbersAndStrings(fixture().memory(), 1_000, 1)) {
            Future<?> sent = fixture().run(() -> {
                try (BatchWriter writer = Lightstream.create(server.uri(), batch.schema())) {
                    writer.write(batch);
                }
            });
            try (var far = server.accept();
                    BatchReader reader = far.reader()) {
                Batches.assertNext(reader, batch);
                assertThat(reader.next()).isFalse();
                assertThat(far.nextReader())
                        .as("closing the writer has closed the connection")
                        .isEmpty();
            }
            sent.get();

            Future<?> answered = fixture().run(() -> {
                try (var far = server.accept()) {
                    Batches.send(far, batch);
                    assertThat(Bytes.drain(far.input()))
                            .as("closing the reader has closed the connection")
                            .isZero();
                }
            });
            try (BatchReader reader = Lightstream.open(server.uri(), fixture().memory())) {
                Batches.assertNext(reader, batch);
                assertThat(reader.next()).isFalse();
            }
            answered.get();
        }
    }

    @Test
    default void aTakenBatchOutlivesItsConnection() throws Exception {
        Peers peers = fixture().peers();
        try (RecordBatch batch = Batches.numbersAndStrings(fixture().memory(), 1_000, 1)) {
            Batches.send(peers.near(), batch);
            RecordBatch taken;
            try (BatchReader reader = peers.far().reader()) {
                assertThat(reader.next()).isTrue();
                taken = reader.batch().take(fixture().memory().allocator());
            }
            peers.far().close();
            peers.near().close();
            try (taken) {
                Batches.assertSame(batch, taken);
            }
        }
    }

    @Test
    default void chosenColumnsOnly() throws Exception {
        Peers peers = fixture().peers();
        try (RecordBatch batch = Batches.numbersAndStrings(fixture().memory(), 100_000, 1);
                RecordBatch numbers = batch.select(0)) {
            Future<?> sent = fixture().run(() -> {
                Batches.send(peers.near(), batch);
                Batches.send(peers.near(), batch);
            });
            IpcReadOptions options = IpcReadOptions.defaults().withColumns("number");
            for (int i = 0; i < 2; i++) {
                try (BatchReader reader = peers.far().reader(options)) {
                    Batches.assertNext(reader, numbers);
                    assertThat(reader.next()).isFalse();
                }
            }
            assertThatThrownBy(() -> peers.far().reader(IpcReadOptions.defaults()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("those of the first reader");
            sent.get();
        }
    }
}
