package dev.llmops.slo.status;

import dev.llmops.slo.Counts;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Measurement;
import dev.llmops.slo.Objective;
import dev.llmops.slo.Replicas;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Statuses for tests of what is done with them. */
public final class Statuses {

    private Statuses() {}

    public static SloStatus ofInstance(Instant at) {
        return of(Measurement.View.INSTANCE, Replicas.UNKNOWN, new Counts(0, 10_000), at);
    }

    public static SloStatus of(Measurement.View view, Replicas replicas, Counts counts, Instant at) {
        Objective objective = Objective.builder("answers")
                .indicator(Indicator.availability())
                .target(0.99)
                .build();
        return SloStatus.of(
                objective, new Measurement(Map.of(), view, replicas, at, counts, 0.5, Map.of(), List.of(), List.of()));
    }
}
