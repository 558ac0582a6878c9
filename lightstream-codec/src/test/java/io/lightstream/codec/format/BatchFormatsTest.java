package io.lightstream.codec.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.UnsupportedFeatureException;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchFormatsTest {
    private final BatchFormats formats = BatchFormats.load();

    @Test
    void theArrowFormatsAreFoundByNameAndByFile() {
        assertThat(formats.named("arrow")).isInstanceOf(ArrowFileFormat.class);
        assertThat(formats.named("arrows")).isInstanceOf(ArrowStreamFormat.class);
        assertThat(formats.ofFile("x.y.arrow").name()).isEqualTo("arrow");
        assertThat(formats.ofFile("X.Feather").name()).isEqualTo("arrow");
        assertThat(formats.ofFile("x.arrows").name()).isEqualTo("arrows");
    }

    @Test
    void missingOnesNameTheArtifact() {
        assertThatThrownBy(() -> formats.named("parquet"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("format 'parquet': expected one of [arrow, arrows")
                .hasMessageEndingWith("it comes with the artifact io.lightstream:lightstream-formats-parquet,"
                        + " which is not on the class path");
        assertThatThrownBy(() -> formats.ofFile("x.csv.gz")).hasMessageContaining("lightstream-formats-csv");
        assertThatThrownBy(() -> formats.named("xls")).hasMessageEndingWith("expected one of [arrow, arrows]");
    }

    @Test
    void twoOfOneNameAreAnError() {
        BatchFormats two = BatchFormats.of(List.of(new ArrowFileFormat(), new ArrowFileFormat()));
        assertThatThrownBy(() -> two.named("arrow"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("remove the artifact of one");
        assertThatThrownBy(() -> two.ofFile("x.arrow")).hasMessageContaining("expected one, found");
    }

    @Test
    void theFirstBytesTell() {
        assertThat(formats.recognize(bytes('A', 'R', 'R', 'O', 'W', '1', 0, 0)))
                .get()
                .isInstanceOf(ArrowFileFormat.class);
        assertThat(formats.recognize(bytes(0xFF, 0xFF, 0xFF, 0xFF, 0xF0, 0, 0, 0)))
                .get()
                .isInstanceOf(ArrowStreamFormat.class);
        assertThat(formats.recognize(bytes('a', ',', 'b', '\n', '1', ',', '2', '\n')))
                .isEmpty();
        assertThat(formats.recognize(bytes('A', 'R'))).isEmpty();
        assertThat(formats.recognize(bytes())).isEmpty();
    }

    @Test
    void anArrowFileNeedsASeekableInput() {
        ReadableByteChannel channel =
                Channels.newChannel(new ByteArrayInputStream("ARROW1".getBytes(StandardCharsets.US_ASCII)));
        try (LightstreamMemory memory = LightstreamMemory.create()) {
            IpcReadOptions options = IpcReadOptions.defaults().withSource("stdio:");
            assertThatThrownBy(() -> formats.named("arrow").open(channel, memory.allocator(), options))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageStartingWith("[stdio:] arrow file: expected a seekable input");
        }
        assertThat(channel.isOpen()).isFalse();
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.flip();
    }
}
