package dev.llmops.slo.engine;

import dev.llmops.slo.Objective;
import dev.llmops.slo.Replicas;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.TierVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Feeds one series a minute at a time, at a clock that stands at the end of the last minute. */
final class Trace {

    static final long START_MINUTE = Minutes.of(Instant.parse("2026-01-01T00:00:00Z"));

    private final Series series;
    private long minute = START_MINUTE;

    Trace(Objective objective) {
        series = new Series(objective, Map.of(), () -> minute, where -> {}, Minutes.end(minute), null);
    }

    void minute(long good, long bad) {
        minute++;
        series.addAll(minute, good, bad);
    }

    SloStatus status() {
        return series.status(Minutes.end(minute), Replicas.UNKNOWN, List.of());
    }

    TierVerdict.State state() {
        return status().tiers().get(0).state();
    }
}
