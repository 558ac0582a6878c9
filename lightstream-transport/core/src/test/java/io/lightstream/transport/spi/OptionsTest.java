package io.lightstream.transport.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    private static final Option<Duration> TIME = Option.duration("time");
    private static final Option<Integer> SIZE = Option.bytes("size");
    private static final Option<Integer> NUMBER = Option.count("number");
    private static final Option<Boolean> FLAG = Option.flag("flag");
    private static final Set<Option<?>> KNOWN = Set.of(TIME, SIZE, NUMBER, FLAG);

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "5s, PT5S", "2m, PT2M", "1h, PT1H"})
    void times(String text, Duration time) {
        assertThat(parse(TIME, text)).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "64KiB, 65536", "4mib, 4194304", "1GiB, 1073741824", "2147483647, 2147483647"})
    void sizes(String text, int bytes) {
        assertThat(parse(SIZE, text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "s", "", "-1s", "0s", "5 s", "1d", "999999999999999999h"})
    void noTimes(String text) {
        assertThatThrownBy(() -> parse(TIME, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("option time: expected a time such as 500ms, 5s, 2m or 1h, found '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "2GiB", "4KB", "x", "", "99999999999999999999"})
    void noSizes(String text) {
        assertThatThrownBy(() -> parse(SIZE, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("option size: expected a number from 1 to 2147483647");
    }

    @Test
    void numbersHaveNoUnit() {
        assertThat(parse(NUMBER, "7")).isEqualTo(7);
        assertThatThrownBy(() -> parse(NUMBER, "7KiB")).hasMessageContaining("option number: ");
    }

    @Test
    void flags() {
        assertThat(parse(FLAG, "true")).isTrue();
        assertThat(parse(FLAG, "false")).isFalse();
        assertThatThrownBy(() -> parse(FLAG, "yes")).hasMessage("option flag: expected true or false, found 'yes'");
    }

    @Test
    void theProgramsValuesAreCheckedToo() {
        assertThatThrownBy(() -> Options.none().with(TIME, Duration.ZERO)).hasMessageContaining("option time: ");
        for (Duration time : List.of(ChronoUnit.FOREVER.getDuration(), Duration.ofDays(36_501), Duration.ofNanos(-1))) {
            assertThatThrownBy(() -> Options.none().with(TIME, time))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("option time: expected more than no time and at most 36500 days, found " + time);
        }
        assertThat(Options.none().with(TIME, Duration.ofDays(36_500)).get(TIME)).contains(Duration.ofDays(36_500));
        assertThatThrownBy(() -> Options.none().with(SIZE, 0)).hasMessage("option size: expected at least 1, found 0");
    }

    @ParameterizedTest
    @CsvSource({
        "PT5S, 5 s",
        "PT1M, 60 s",
        "PT1.5S, 1500 ms",
        "PT0.0005S, 500 us",
        "PT0.000000001S, 1 ns",
        "PT876000H, 3153600000 s"
    })
    void messagesSayTimesExactly(Duration time, String text) {
        assertThat(TransportErrors.timedOut("x", "read", "bytes", time))
                .hasMessage("[x] read: expected bytes within " + text + ", found none");
    }

    @Test
    void theQueryGoesBefore() {
        Options options = Options.none().with(NUMBER, 1).with(SIZE, 2).withQuery(Map.of("number", "3"), KNOWN);
        assertThat(options.get(NUMBER)).contains(3);
        assertThat(options.get(SIZE, 9)).isEqualTo(2);
        assertThat(options.get(FLAG)).isEmpty();
        assertThat(options.get(FLAG, true)).isTrue();
    }

    @Test
    void unknownOnesAreRefusedWhereverTheyComeFrom() {
        assertThatThrownBy(() -> Options.none().withQuery(Map.of("nmber", "3"), KNOWN))
                .hasMessage("option: expected one of [flag, number, size, time], found 'nmber'");
        Options other = Options.none().with(Option.text("other"), "x");
        assertThatThrownBy(() -> other.withQuery(Map.of(), Set.of()))
                .hasMessage("option: expected none, found 'other'");
    }

    private static <T> T parse(Option<T> option, String text) {
        return Options.none()
                .withQuery(Map.of(option.name(), text), KNOWN)
                .get(option)
                .orElseThrow();
    }
}
