package io.lightstream.transport.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.transport.spi.ConnectionClosedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.Pipe;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The standard streams, with pipes in their place. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StdioLinkTest {
    private Pipe in;
    private Pipe out;
    private StdioLink link;

    @BeforeEach
    void open() throws IOException {
        in = Pipe.open();
        out = Pipe.open();
        link = new StdioLink("stdio:", in.source(), out.sink());
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        assertThat(link.isOpen()).isFalse();
        for (Channel end : List.of(in.source(), in.sink(), out.source(), out.sink())) {
            end.close();
        }
    }

    @Test
    void closingClosesWhatWasUsed() throws IOException {
        in.sink().close();
        link.input().read(ByteBuffer.allocate(1));
        link.close();
        assertThat(in.source().isOpen()).isFalse();
        assertThat(out.sink().isOpen()).as("nobody wrote to the output").isTrue();
    }

    @Test
    void closingTheOutputLeavesAnInputThatNobodyRead() throws IOException {
        link.output().write(ByteBuffer.allocate(1));
        link.output().close();
        assertThat(out.sink().isOpen()).isFalse();
        assertThat(in.source().isOpen()).isTrue();
    }

    @Test
    void bytesGoInAndOut() throws IOException {
        in.sink().write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
        ByteBuffer first = ByteBuffer.allocate(1);
        ByteBuffer rest = ByteBuffer.allocate(3);
        assertThat(link.input().read(new ByteBuffer[] {first, rest})).isEqualTo(4);
        assertThat(rest.array()).containsExactly(2, 3, 4);

        assertThat(link.output().write(new ByteBuffer[] {first.flip(), rest.flip()}))
                .isEqualTo(4);
        ByteBuffer written = ByteBuffer.allocate(4);
        out.source().read(written);
        assertThat(written.array()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void endingTheOutputLeavesTheInput() throws IOException {
        link.shutdownOutput();
        assertThat(out.source().read(ByteBuffer.allocate(1))).isEqualTo(-1);
        in.sink().write(ByteBuffer.wrap(new byte[1]));
        assertThat(link.input().read(ByteBuffer.allocate(10))).isEqualTo(1);
        assertThat(link.isOpen()).isTrue();
    }

    @Test
    void theEndOfTheInputIsTheEnd() throws IOException {
        in.sink().close();
        assertThat(link.input().read(ByteBuffer.allocate(10))).isEqualTo(-1);
    }

    @Test
    void aReaderThatIsGoneIsAnErrorThatNamesTheStream() throws IOException {
        out.source().close();
        assertThatThrownBy(() -> link.output().write(ByteBuffer.allocate(1)))
                .isInstanceOf(IOException.class)
                .hasMessage("[stdio:] write: expected a peer that takes bytes, found broken pipe");
    }

    @Test
    void closingWakesTheReader() {
        CompletableFuture<Throwable> error = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                link.input().read(ByteBuffer.allocate(1));
            } catch (IOException e) {
                error.complete(e);
            }
        });
        reader.start();
        assertThatThrownBy(() -> {
                    link.input().close();
                    throw error.get();
                })
                .isInstanceOf(ConnectionClosedException.class)
                .hasMessageStartingWith("[stdio:] read: ");
    }
}
