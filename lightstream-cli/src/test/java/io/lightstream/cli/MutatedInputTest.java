package io.lightstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the bytes are, a command does its work or says in one line what is wrong with them. */
class MutatedInputTest {
    private static final long SEED = 20_261_121;
    private static final int MUTATIONS = 60;
    private static final int[] EXTREMES = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 20};

    @TempDir
    Path folder;

    @Test
    void noCommandFailsInAnotherWayThanDeclared() throws IOException {
        Path json = folder.resolve("table.json");
        List<Path> good = List.of(
                Tables.write(folder.resolve("table.arrow"), 1, 40),
                Tables.write(folder.resolve("table.arrows"), 1, 40));
        Run.of("convert", good.get(0), json).done();
        Random random = new Random(SEED);
        for (Path table : good) {
            byte[] bytes = Files.readAllBytes(table);
            Path mutated = folder.resolve("mutated-" + table.getFileName());
            for (int i = 0; i < MUTATIONS; i++) {
                Files.write(mutated, mutate(bytes, random));
                check(mutated, json);
            }
        }
    }

    private static void check(Path mutated, Path json) {
        assertDeclared(Run.of("cat", mutated));
        assertDeclared(Run.of("cat", "--to", "json", mutated));
        assertDeclared(Run.onTerminal("head", mutated));
        assertDeclared(Run.of("inspect", mutated));
        String kind = mutated.toString().endsWith("s") ? "stream" : "file";
        String line = kind + "\t" + mutated + "\t" + json;
        Run run = Run.reading(line.getBytes(java.nio.charset.StandardCharsets.UTF_8), "validate", "--batch", "-");
        assertThat(run.exitCode()).as(run.text()).isIn(ExitCode.DONE, ExitCode.DIFFERENT, ExitCode.BAD_DATA);
    }

    private static void assertDeclared(Run run) {
        assertThat(run.exitCode()).as(run.errors()).isIn(ExitCode.DONE, ExitCode.BAD_DATA);
        assertThat(run.errors().lines().count()).isEqualTo(run.exitCode() == ExitCode.DONE ? 0 : 1);
    }

    private static byte[] mutate(byte[] good, Random random) {
        byte[] bytes = good.clone();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 ->
                    ByteBuffer.wrap(bytes)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(Math.min(at & -4, bytes.length - 4), EXTREMES[random.nextInt(EXTREMES.length)]);
                default -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
            }
            if (bytes.length < 8) {
                break;
            }
        }
        return bytes;
    }
}
