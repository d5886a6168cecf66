package dev.llmops.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T09:30:01.750Z",
                "2026-11-21T23:59:59.999Z",
                "2026-11-22T00:00:00.000Z",
                "2024-02-29T00:00:00.007Z",
                "1970-01-01T00:00:00.000Z",
                "1969-12-31T23:59:59.100Z"
            })
    void timestamp_has_milliseconds_and_reads_back(String text) {
        assertThat(new Timestamps().of(Instant.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 999_999})
    void what_is_below_a_millisecond_is_cut(long nanos) {
        assertThat(new Timestamps().of(Instant.parse("2026-11-21T09:30:01.750Z").plusNanos(nanos)))
                .isEqualTo("2026-11-21T09:30:01.750Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-21T09:30:01.750Z", "2026-11-22T09:30:01.750Z", "2026-11-21T09:30:01.750Z"})
    void days_may_come_in_any_order(String text) {
        Timestamps timestamps = new Timestamps();
        timestamps.of(Instant.parse("2026-11-23T10:00:00Z"));
        assertThat(timestamps.of(Instant.parse(text))).isEqualTo(text);
    }
}
