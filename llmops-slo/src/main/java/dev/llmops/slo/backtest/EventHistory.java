package dev.llmops.slo.backtest;

import dev.llmops.core.record.CallRecord;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Objective;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Good and bad events of the past by time, in steps of whole minutes. A step is named by its end and covers (end − step,
 * end]. Fill it from calls, from a log ({@link JsonLinesHistory}) or from Prometheus
 * ({@link dev.llmops.slo.prometheus.PrometheusReader#history}). Not safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class EventHistory {

    private final Duration step;
    private final TreeMap<Instant, Counts> steps = new TreeMap<>();

    /**
     * Creates an empty history.
     *
     * @param step the resolution, whole minutes; alert windows are rounded up to it
     * @throws IllegalArgumentException if the step is not a positive number of whole minutes
     */
    public EventHistory(Duration step) {
        if (step.toMinutes() < 1 || !step.equals(Duration.ofMinutes(step.toMinutes()))) {
            throw new IllegalArgumentException(
                    "step is " + step + " — a positive number of whole minutes — pass Duration.ofMinutes(1)");
        }
        this.step = step;
    }

    /**
     * Adds events.
     *
     * @param at when they happened
     * @param counts the events
     * @return this history
     */
    public EventHistory add(Instant at, Counts counts) {
        steps.merge(endOf(at), counts, (a, b) -> new Counts(a.bad() + b.bad(), a.total() + b.total()));
        return this;
    }

    /**
     * Judges a call as the engine does, and adds it if it is an event. Calls with a purpose, such as a judge's, are none.
     *
     * @param objective the objective that judges
     * @param call the call
     * @return this history
     */
    public EventHistory add(Objective objective, CallRecord call) {
        OptionalDouble badness = objective.badnessOf(call);
        if (badness.isPresent() && call.info().purpose() == null) {
            add(call.endedAt(), new Counts(badness.getAsDouble(), 1));
        }
        return this;
    }

    /**
     * Returns the history without excluded time.
     *
     * @param excluded exclusions of the objective; a step that overlaps with one is left out whole
     * @return a copy
     */
    public EventHistory without(Collection<Exclusion> excluded) {
        EventHistory rest = new EventHistory(step);
        steps.forEach((end, counts) -> {
            if (excluded.stream().noneMatch(each -> each.overlaps(end.minus(step), end))) {
                rest.steps.put(end, counts);
            }
        });
        return rest;
    }

    private Instant endOf(Instant at) {
        long seconds = step.toSeconds();
        long end = Math.floorDiv(at.getEpochSecond() + seconds - 1, seconds) * seconds;
        boolean past = at.getNano() > 0 && at.getEpochSecond() == end;
        return Instant.ofEpochSecond(past ? end + seconds : end);
    }

    /**
     * Returns the resolution.
     *
     * @return whole minutes
     */
    public Duration step() {
        return step;
    }

    /**
     * Returns the steps that have events.
     *
     * @return counts by the end of their step, ascending, unmodifiable
     */
    public NavigableMap<Instant, Counts> steps() {
        return Collections.unmodifiableNavigableMap(steps);
    }
}
