package io.lightstream.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScratchFolderTest {
    @TempDir
    Path temporary;

    @Test
    void whatIsLeftInItGoesWithIt() throws IOException {
        Path left;
        try (ScratchFolder folder = ScratchFolder.create()) {
            left = Files.writeString(folder.resolve("left"), "");
            assertThat(left).exists();
        }
        assertThat(left.getParent()).doesNotExist();
    }

    @Test
    void aFailureIsNotHiddenByWhatItLeaves() {
        assertThatThrownBy(() -> {
                    try (ScratchFolder folder = ScratchFolder.create()) {
                        Files.writeString(folder.resolve("left"), "");
                        throw new IOException("the cause");
                    }
                })
                .hasMessage("the cause")
                .hasNoSuppressedExceptions();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bench --transport unix --seconds 60 trips:1000", "demo --rows 1000000000"})
    void aSignalLeavesNothingBehind(String command) throws Exception {
        Process process = new ProcessBuilder(Stream.of(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Djava.io.tmpdir=" + temporary,
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Main.class.getName()),
                                List.of(command.split(" ")))
                        .flatMap(List::stream)
                        .toList())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await().atMost(60, SECONDS).until(() -> !left().isEmpty());
            process.destroy(); // SIGTERM
            assertThat(process.waitFor(30, SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(left()).isEmpty();
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(Files::isDirectory).toList();
        }
    }
}
