package io.lightstream.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShapeTest {
    @Test
    void dataBytesAreThoseOfTheFormulae() {
        assertThat(Shape.A.dataBytes()).isEqualTo(mixedBytes(100_000));
        assertThat(Shape.C.dataBytes()).isEqualTo(mixedBytes(100));
    }

    @Test
    void checksumFollowsTheProbedRows() {
        // Rows 0 and 7919 of A: (0 + 0 + 5 + 0) and (7919 + 3959 + 8 + 2), and twice the number of rows.
        assertThat(Shape.A.checksum(2)).isEqualTo(5 + 11_888 + 200_000);
        // Row 0 of a thousand columns is their number.
        assertThat(Shape.E.checksum(1)).isEqualTo(999 * 1_000 / 2 + 1_000);
    }

    private static long mixedBytes(int rows) {
        long characters = 0;
        for (int row = 0; row < rows; row++) {
            characters += ("row_" + row).length();
        }
        return rows * (4L + 8 + 4) + (rows + 1) * 4L + characters;
    }
}
