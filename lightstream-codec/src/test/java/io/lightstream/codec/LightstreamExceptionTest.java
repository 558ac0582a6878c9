package io.lightstream.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LightstreamExceptionTest {
    @Test
    void namesSourcePositionExpectedAndFound() {
        var e = new MalformedStreamException("tcp://host:9000", 4096, "metadata length", "8..16777216", -16);

        assertThat(e).hasMessage("[tcp://host:9000 @4096] metadata length: expected 8..16777216, found -16");
        assertThat(e.source()).isEqualTo("tcp://host:9000");
        assertThat(e.position()).isEqualTo(4096);
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        assertThat(new LightstreamException("a.arrow", LightstreamException.UNKNOWN_POSITION, "no footer"))
                .hasMessage("[a.arrow] no footer");
        assertThat(new LightstreamException("", 7, "no footer")).hasMessage("[@7] no footer");
        assertThat(new LightstreamException("", LightstreamException.UNKNOWN_POSITION, "no footer"))
                .hasMessage("no footer");
    }

    @Test
    void keepsTheCause() {
        var cause = new IOException("disk");

        assertThat(new UnsupportedFeatureException("s", 0, "zstd", cause)).hasCause(cause);
        assertThat(new MalformedStreamException("s", 0, "bad", cause)).hasCause(cause);
        assertThat(new MalformedStreamException("s", 0, "bad")).hasNoCause();
    }

    @Test
    void aLimitTellsItsNameAndBothValues() {
        var e = new LimitExceededException("s", 12, "maxBodyBytes", 100, 101);

        assertThat(e).hasMessage("[s @12] maxBodyBytes: expected at most 100, found 101");
        assertThat(e.limitName()).isEqualTo("maxBodyBytes");
        assertThat(e.limit()).isEqualTo(100);
        assertThat(e.requested()).isEqualTo(101);
    }

    @Test
    void truncatedIsMalformedAndAllAreIoExceptions() {
        assertThat(new TruncatedStreamException("s", 3, "body", "64 more bytes", "end of input"))
                .isInstanceOf(MalformedStreamException.class)
                .isInstanceOf(LightstreamException.class)
                .isInstanceOf(IOException.class)
                .hasMessage("[s @3] body: expected 64 more bytes, found end of input");
    }
}
