package dev.llmops.slo.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.slo.status.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlertHistoryTest {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private static Incident incident(int onset, int fired, @Nullable Integer resolved, @Nullable Boolean worthIt) {
        return new Incident(
                "i" + fired,
                "answers",
                Map.of(),
                "page",
                at(onset),
                at(fired),
                resolved == null ? null : at(resolved),
                0.1,
                worthIt);
    }

    private static Instant at(int minute) {
        return T0.plus(Duration.ofMinutes(minute));
    }

    @Test
    void meansAreOverWhatHappened() {
        AlertHistory history = new AlertHistory(
                List.of(incident(0, 2, 12, true), incident(100, 106, 136, null), incident(200, 201, null, false)));
        assertThat(history.meanTimeToDetect()).contains(Duration.ofMinutes(3));
        assertThat(history.meanTimeToResolve()).contains(Duration.ofMinutes(20));
        assertThat(history.meanTimeBetweenFailures()).contains(Duration.ofSeconds((94 + 65) * 30));
        assertThat(history.precision()).hasValue(0.5);
    }

    @Test
    void withoutIncidents_nothingIsClaimed() {
        AlertHistory history = new AlertHistory(List.of());
        assertThat(history.meanTimeToDetect()).isEmpty();
        assertThat(history.meanTimeToResolve()).isEmpty();
        assertThat(history.meanTimeBetweenFailures()).isEmpty();
        assertThat(history.precision()).isEmpty();
    }

    @Test
    void severitiesAreKeptApart() {
        Incident ticket = new Incident("t", "answers", Map.of(), "ticket", at(0), at(9), at(10), 0, null);
        AlertHistory history = new AlertHistory(List.of(ticket, incident(0, 2, 12, null)));
        assertThat(history.ofSeverity("page").incidents())
                .extracting(Incident::id)
                .containsExactly("i2");
        assertThat(history.meanTimeBetweenFailures()).isEmpty();
    }
}
