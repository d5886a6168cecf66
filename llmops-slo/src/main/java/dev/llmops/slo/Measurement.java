package dev.llmops.slo;

import dev.llmops.slo.status.SloStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The counts of one objective, or one group of it, by the engine, a reader of Prometheus, or a test.
 * {@link SloStatus#of} judges all of them alike.
 *
 * @param group the group's values by dimension; empty for an objective without groups
 * @param view how much of the service was seen
 * @param replicas the instances that were counted, and how many there are
 * @param at the instant that the windows end at
 * @param period the events of the objective's window
 * @param coverage the part of the window, without excluded time, that was measured, in [0, 1]
 * @param windows the events of each alert window, as {@link #windowsOf} names them
 * @param exclusions the exclusions that lie within the window, whose events are in none of the counts
 * @param notes what the reader of a status should know, such as an answer that was partial
 * @since 0.1.0
 */
public record Measurement(
        Map<Dimension, String> group,
        View view,
        Replicas replicas,
        Instant at,
        Counts period,
        double coverage,
        Map<Duration, Counts> windows,
        List<Exclusion> exclusions,
        List<String> notes) {

    /** The window whose burn rate is shown where an objective has no alerts. */
    private static final Duration SHOWN = Duration.ofHours(1);

    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException if the coverage is out of range
     */
    public Measurement {
        Objects.requireNonNull(at, "at");
        group = Dimension.copyOf(group);
        windows = Map.copyOf(windows);
        exclusions = List.copyOf(exclusions);
        notes = List.copyOf(notes);
        if (!(coverage >= 0 && coverage <= 1)) {
            throw new IllegalArgumentException(
                    "coverage is " + coverage + " — in [0, 1] — pass measured ÷ all minutes");
        }
    }

    /**
     * The windows that have to be counted to judge an objective's alerts.
     *
     * @param objective the objective
     * @return long and short windows of all tiers, ascending and each once; one hour where there are no tiers
     */
    public static List<Duration> windowsOf(Objective objective) {
        List<AlertTier> tiers = objective.alerts().tiers();
        if (tiers.isEmpty()) {
            return List.of(SHOWN);
        }
        return tiers.stream()
                .flatMap(tier -> Stream.of(tier.longWindow(), tier.shortWindow()))
                .distinct()
                .sorted()
                .toList();
    }

    public Counts window(Duration length) {
        return windows.getOrDefault(length, Counts.NONE);
    }

    /** The part of a service that a status has seen. */
    public enum View {
        /** A single process: its ratio is unbiased behind a fair balancer, its counts are only a share. */
        INSTANCE,
        /** All processes together. */
        FLEET
    }
}
