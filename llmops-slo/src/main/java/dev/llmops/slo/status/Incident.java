package dev.llmops.slo.status;

import dev.llmops.slo.Dimension;
import dev.llmops.slo.engine.SloEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A firing of an alert, from the trouble's start to its end.
 *
 * @param id names it, within one engine and its snapshots
 * @param slo the objective or event rule
 * @param group the group's values by dimension
 * @param severity the alert's severity
 * @param onset when the trouble began: the first minute in the tier's long window that was itself over the threshold
 * @param firedAt when the alert fired
 * @param resolvedAtOrNull when it was resolved, or null while it is open
 * @param budgetSpent the part of the period's budget that went between onset and end, or
 *     until it fired while it is open; 0 for event rules
 * @param worthItOrNull what people said about it, or null; see {@link SloEngine#judge}
 * @since 0.1.0
 */
public record Incident(
        String id,
        String slo,
        Map<Dimension, String> group,
        String severity,
        Instant onset,
        Instant firedAt,
        @Nullable Instant resolvedAtOrNull,
        double budgetSpent,
        @Nullable Boolean worthItOrNull) {

    /** Copies the group. */
    public Incident {
        group = Collections.unmodifiableMap(new TreeMap<>(group));
    }

    /**
     * Returns the instant at which it was resolved.
     *
     * @return the instant; empty while it is open
     */
    public Optional<Instant> resolvedAt() {
        return Optional.ofNullable(resolvedAtOrNull);
    }

    /**
     * From the trouble's start to the alert.
     *
     * @return the time to detect, &ge; 0
     */
    public Duration timeToDetect() {
        return Duration.between(onset, firedAt);
    }

    /**
     * From the alert to its end.
     *
     * @return the time to resolve; empty while it is open
     */
    public Optional<Duration> timeToResolve() {
        return resolvedAt().map(end -> Duration.between(firedAt, end));
    }

    public Incident resolved(Instant at, double spent) {
        return new Incident(id, slo, group, severity, onset, firedAt, at, spent, worthItOrNull);
    }

    public Incident judged(boolean worthIt) {
        return new Incident(id, slo, group, severity, onset, firedAt, resolvedAtOrNull, budgetSpent, worthIt);
    }
}
