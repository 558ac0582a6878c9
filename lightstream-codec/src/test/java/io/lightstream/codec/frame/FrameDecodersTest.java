package io.lightstream.codec.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightstream.codec.LightstreamException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameDecodersTest {
    @Test
    void findsWhatIsOnTheClassPath() throws LightstreamException {
        FrameDecoder<?> lines = FrameDecoders.named("lines").create("test", 10);
        assertThat(Feeding.decode(lines, "a\nb".getBytes(UTF_8))).hasSize(2);
        FrameDecoder<?> prefixed = FrameDecoders.named("length-prefixed").create("test", 10);
        assertThat(Feeding.decode(prefixed, new byte[] {1, 0, 0, 0, 7})).hasSize(1);
        assertThatThrownBy(() -> Feeding.decode(
                        FrameDecoders.named("length-prefixed").create("test", 10), new byte[] {11, 0, 0, 0}))
                .hasMessageContaining("at most 10, found 11");
    }

    @Test
    void aMissingNameTellsWhatThereIsAndWhatToAdd() {
        assertThatThrownBy(() -> FrameDecoders.named("fix"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"fix\"")
                .hasMessageContaining("lines")
                .hasMessageContaining("Add the artifact");
    }

    @Test
    void aNameUsedTwiceTellsByWhom() {
        var twice = List.<FrameDecoderProvider>of(new FrameDecoders.Lines(), new FrameDecoders.Lines());
        assertThatThrownBy(() -> FrameDecoders.choose("lines", twice))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Several")
                .hasMessageContaining("FrameDecoders$Lines of file:");
    }
}
