package dev.llmops.release.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    @Property(tries = 1_000)
    void instants_are_those_of_the_jdk(
            @ForAll @LongRange(min = -70_000_000_000L, max = 260_000_000_000L) long seconds,
            @ForAll @IntRange(max = 999_999_999) int nanos) {
        for (int fraction : new int[] {0, nanos, nanos / 1_000 * 1_000, nanos / 1_000_000 * 1_000_000}) {
            Instant instant = Instant.ofEpochSecond(seconds, fraction);
            assertThat(Timestamps.epochMillis(instant.toString())).isEqualTo(instant.toEpochMilli());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T09:30:01.Z",
                "2026-11-21T09:30:01.7Z",
                "2026-11-21T09:30:01.75Z",
                "2026-11-21T24:00:00Z",
                "2026-11-21T23:59:60Z",
                "2026-11-21T09:30:01+01:00",
                "2026-11-21t09:30:01z",
                "+12026-11-21T09:30:01Z",
                "-0001-11-21T09:30:01.001Z"
            })
    void other_forms_are_read_too(String text) {
        assertThat(Timestamps.epochMillis(text)).isEqualTo(Instant.parse(text).toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-02-30T09:30:01Z",
                "2026-13-01T09:30:01Z",
                "2026-11-21T25:30:01Z",
                "2026-11-21T09:60:01Z",
                "2026-11-21T09:30:01.1234567890Z",
                "2026-11-2 T09:30:01Z",
                "2026-11-21 09:30:01Z",
                "2026/11/21T09:30:01Z"
            })
    void what_is_no_instant_is_refused(String text) {
        assertThatThrownBy(() -> Timestamps.epochMillis(text)).isInstanceOf(DateTimeException.class);
    }
}
