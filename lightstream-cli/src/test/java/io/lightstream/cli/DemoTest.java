package io.lightstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.cli.trips.Trips;
import io.lightstream.codec.compare.ReaderComparison;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @Test
    void theDemonstrationStreamsBetweenTwoProcesses() {
        String shown = Run.of("demo", "--rows", 300_000).done().text();

        assertThat(shown).contains("trip_id", "Every value arrived as it was sent");
        assertThat(shown.lines().filter(line -> line.matches("(tcp|unix) +300,000 .*/s .*")))
                .hasSize(2);
    }

    @Test
    void aTableOfOneRowWillDo() {
        assertThat(Run.of("demo", "--rows", 1).done().text()).contains("Every value arrived");
        Run.of("demo", "--rows", 0).failed(ExitCode.USAGE, "--rows");
    }

    @Test
    void tripsAreTheSameEachTimeAndOfTheSizeAskedFor() throws IOException {
        for (long rows : new long[] {0, 1, Trips.BATCH_ROWS, 5L * Trips.BATCH_ROWS + 7}) {
            try (LightstreamMemory memory = LightstreamMemory.create();
                    Trips once = new Trips(memory, rows);
                    Trips again = new Trips(memory, rows);
                    Trips counted = new Trips(memory, rows)) {
                assertThat(ReaderComparison.compare(once, again)).isEmpty();
                long found = 0;
                while (counted.next()) {
                    assertThat(counted.batch().aligned()).isTrue();
                    assertThat(counted.batch().column("trip_id").getLong(0)).isEqualTo(found);
                    found += counted.batch().rowCount();
                }
                assertThat(found).isEqualTo(rows);
            }
        }
    }

    @Test
    void tripsHaveNullsAndOtherwiseSensibleValues() throws IOException {
        try (LightstreamMemory memory = LightstreamMemory.create();
                Trips trips = new Trips(memory, 10_000)) {
            trips.next();
            var batch = trips.batch();
            assertThat(batch.column("note").nullCount()).isBetween(6_500L, 8_500L);
            assertThat(batch.column("tip").nullCount()).isBetween(2_500L, 4_000L);
            assertThat(batch.column("passengers").nullCount()).isBetween(200L, 900L);
            for (long row = 0; row < batch.rowCount(); row++) {
                assertThat(batch.column("distance_km").getDouble(row)).isBetween(0.4, 31.0);
                assertThat(batch.column("dropoff").getLong(row))
                        .isGreaterThan(batch.column("pickup").getLong(row));
            }
        }
    }

    @Test
    void tripsCanBeWritten(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("trips.arrow");
        Run.of("convert", "trips:200000", file).done();
        assertThat(Tables.rows(Run.of("cat", file).bytes())).isEqualTo(200_000);
        assertThat(Run.of("cat", "-c", "fare", "trips:10").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void benchMeasuresEveryTransport() {
        assertThat(Run.of("bench", "--seconds", 1, "trips:100000").done().text().lines())
                .hasSize(3)
                .allMatch(line -> line.split("\t", -1).length == 7);
        Run.of("bench", "--transport", "pigeon", "trips:10").failed(ExitCode.USAGE, "pigeon");
        Run.of("bench", "--seconds", 0).failed(ExitCode.USAGE, "--seconds");
    }
}
