package io.lightstream.codec.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Custom metadata as strings, whatever their bytes are. */
class MetadataTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "größer €", "\uD83D\uDE00 pair", "a real \uFFFD"})
    void textIsUtf8(String text) {
        assertThat(MetadataText.toBytes(text)).isEqualTo(text.getBytes(UTF_8));
        assertThat(MetadataText.of(text.getBytes(UTF_8))).isEqualTo(text);
    }

    @Test
    void otherBytesStandByThemselves() {
        byte[] pickled = {(byte) 0x80, 4, (byte) 0x95, 'a', (byte) 0xE2, (byte) 0x82, '('};
        assertThat(MetadataText.of(pickled)).isEqualTo("\uDC80\u0004\uDC95a\uDCE2\uDC82(");
        assertThat(MetadataText.toBytes("\uDC80\u0004\uDC95a\uDCE2\uDC82(")).isEqualTo(pickled);
    }

    /** A surrogate in UTF-8 is no UTF-8, though an encoder could be tempted to make the same chars of it. */
    @Test
    void surrogatesInUtf8AreBytes() {
        byte[] bytes = {(byte) 0xED, (byte) 0xA0, (byte) 0xBD, (byte) 0xED, (byte) 0xB8, (byte) 0x80};
        assertThat(MetadataText.toBytes(MetadataText.of(bytes))).isEqualTo(bytes);
    }

    @Test
    void anyBytesComeBack() {
        Random random = new Random(5);
        byte[][] parts = {
            "text".getBytes(UTF_8), "€".getBytes(UTF_8), "\uD83D\uDE00".getBytes(UTF_8), "\uFFFD".getBytes(UTF_8)
        };
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            byte[] part = parts[random.nextInt(parts.length)];
            if (part.length <= bytes.length) {
                System.arraycopy(part, 0, bytes, random.nextInt(bytes.length - part.length + 1), part.length);
            }
            assertThat(MetadataText.toBytes(MetadataText.of(bytes))).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\uD83Db", "a\uDC7F", "\uDD00"})
    void otherHalvesAreRefused(String text) {
        assertThatThrownBy(() -> MetadataText.toBytes(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("half of one");
    }
}
