package io.lightstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.InvalidValueException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    /** What {@code --validation structure} lets pass is bad data when it is used, not a defect of this program. */
    @Test
    void valuesThatNobodyValidatedAreBadData() {
        InvalidValueException refused =
                new InvalidValueException("offsets", 3, "name", "a range of 120 bytes", "64..9000");
        assertThat(Failures.exitCode(refused)).isEqualTo(ExitCode.BAD_DATA);
        assertThat(Failures.describe(refused))
                .isEqualTo("offsets of row 3 of column 'name': expected a range of 120 bytes, found 64..9000; "
                        + "read with Validation.FULL to have values checked on reading");
    }
}
