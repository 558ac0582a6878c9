package io.lightstream.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ThirdPartyLicensesTest {
    private static final Path GENERATED = Path.of("lightstream-cli", "target", "licenses", "THIRD_PARTY_LICENSES");

    @Test
    void theCheckedInListIsThatOfTheBuild() throws IOException {
        assertThat(BuildFiles.ROOT.resolve("THIRD_PARTY_LICENSES"))
                .as("the dependencies have changed: copy %s over this file", GENERATED)
                .hasSameTextualContentAs(BuildFiles.ROOT.resolve(GENERATED));
    }
}
