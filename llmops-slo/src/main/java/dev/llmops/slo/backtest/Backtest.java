package dev.llmops.slo.backtest;

import dev.llmops.slo.AlertTier;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Measurement;
import dev.llmops.slo.Objective;
import dev.llmops.slo.Replicas;
import dev.llmops.slo.internal.Confidence;
import dev.llmops.slo.status.Incident;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.TierVerdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * An objective tried on the past: its attainment by day, the course of its budget, how often each alert tier would have
 * fired, and the target that the events support. Every step is judged by the code that judges live statuses.
 *
 * <pre>{@code
 * EventHistory history = prometheus.history(objective, now.minus(Duration.ofDays(30)), now);
 * Backtest backtest = Backtest.of(objective, history, ZoneId.of("Europe/Berlin"));
 * System.out.println(backtest.supportedTarget());
 * }</pre>
 *
 * <p>To try another threshold, change the objective and judge the same calls again.
 *
 * @param objective the objective
 * @param days events by local day, ascending; days without events are left out
 * @param budget what was left of the budget at the end of each step with events, ascending
 * @param tiers what each tier would have done, in the order of the policy
 * @param incidents the alerts by severity, as they would have fired and been resolved, by the time they fired
 * @param total all events
 * @since 0.1.0
 */
public record Backtest(
        Objective objective,
        Map<LocalDate, Counts> days,
        Map<Instant, Double> budget,
        List<TierOutcome> tiers,
        List<Incident> incidents,
        Counts total) {

    private static final double CONFIDENCE = SloStatus.CONFIDENCE;
    private static final int TARGET_DIGITS = 5;

    /**
     * The outcome of one tier.
     *
     * @param tier the tier
     * @param firings how often it began to fire
     * @param firingTime how long it fired in all
     * @param firstFirings when it began to fire, the first ten times
     */
    public record TierOutcome(AlertTier tier, int firings, Duration firingTime, List<Instant> firstFirings) {

        private static final int REMEMBERED = 10;

        /** Copies the list. */
        public TierOutcome {
            firstFirings = List.copyOf(firstFirings);
        }

        TierOutcome step(boolean began, Instant at, Duration step) {
            List<Instant> firsts = new ArrayList<>(firstFirings);
            if (began && firsts.size() < REMEMBERED) {
                firsts.add(at);
            }
            return new TierOutcome(tier, firings + (began ? 1 : 0), firingTime.plus(step), firsts);
        }
    }

    /** Copies the collections. */
    public Backtest {
        days = Collections.unmodifiableMap(new LinkedHashMap<>(days));
        budget = Collections.unmodifiableMap(new LinkedHashMap<>(budget));
        tiers = List.copyOf(tiers);
        incidents = List.copyOf(incidents);
    }

    /**
     * Tries an objective on a history.
     *
     * @param objective the objective; its evaluation delay is ignored, since history is complete
     * @param history the events
     * @param zone the zone whose days are reported
     * @return the outcome
     * @throws IllegalArgumentException if the history is empty
     */
    public static Backtest of(Objective objective, EventHistory history, ZoneId zone) {
        if (history.steps().isEmpty()) {
            throw new IllegalArgumentException("history is empty — at least one event is needed — check its source");
        }
        Map<LocalDate, Counts> days = new TreeMap<>();
        history.steps().forEach((end, counts) -> {
            LocalDate day = end.minusNanos(1).atZone(zone).toLocalDate();
            days.merge(day, counts, Backtest::sum);
        });
        Counts total = days.values().stream().reduce(Counts.NONE, Backtest::sum);
        Map<Instant, Double> budget = new LinkedHashMap<>();
        List<TierOutcome> tiers = new ArrayList<>();
        objective.alerts().tiers().forEach(tier -> tiers.add(new TierOutcome(tier, 0, Duration.ZERO, List.of())));
        PastAlerts alerts = new PastAlerts(objective, history);
        replay(objective, history, budget, tiers, alerts);
        return new Backtest(objective, days, budget, tiers, alerts.incidents(), total);
    }

    /**
     * Returns the status that an objective had at a moment of the past.
     *
     * @param objective the objective
     * @param history its events
     * @param at the moment
     * @param exclusions the excluded time that the history is without
     * @return the status, of all groups together
     */
    public static SloStatus statusAt(
            Objective objective, EventHistory history, Instant at, List<Exclusion> exclusions) {
        return status(objective, new RollingSums(history), at, exclusions);
    }

    private static void replay(
            Objective objective,
            EventHistory history,
            Map<Instant, Double> budget,
            List<TierOutcome> tiers,
            PastAlerts alerts) {
        RollingSums sums = new RollingSums(history);
        boolean[] firing = new boolean[tiers.size()];
        List<Duration> windows = Measurement.windowsOf(objective);
        Duration longest = windows.get(windows.size() - 1);
        Instant at = history.steps().firstKey();
        while (at != null && !at.isAfter(sums.end(objective))) {
            SloStatus status = status(objective, sums, at, List.of());
            alerts.follow(status);
            if (history.steps().containsKey(at)) {
                Instant moment = at;
                status.budgetRemaining().ifPresent(left -> budget.put(moment, left));
            }
            for (int i = 0; i < firing.length; i++) {
                boolean fires = status.tiers().get(i).state() == TierVerdict.State.FIRING;
                if (fires) {
                    tiers.set(i, tiers.get(i).step(!firing[i], at, history.step()));
                }
                firing[i] = fires;
            }
            // Nothing changes in a silence that is longer than every window.
            Instant before = at.minus(longest);
            at = sums.between(before, at).isEmpty() ? history.steps().higherKey(at) : at.plus(history.step());
        }
    }

    private static SloStatus status(Objective objective, RollingSums sums, Instant at, List<Exclusion> exclusions) {
        Map<Duration, Counts> windows = new HashMap<>();
        for (Duration window : Measurement.windowsOf(objective)) {
            windows.put(window, sums.between(at.minus(window), at));
        }
        Instant start = objective.window().startAt(at);
        List<Exclusion> within =
                exclusions.stream().filter(each -> each.overlaps(start, at)).toList();
        Counts period = sums.between(start, at);
        return SloStatus.of(
                objective,
                new Measurement(
                        Map.of(), Measurement.View.FLEET, Replicas.UNKNOWN, at, period, 1, windows, within, List.of()));
    }

    private static Counts sum(Counts a, Counts b) {
        return new Counts(a.bad() + b.bad(), a.total() + b.total());
    }

    /**
     * Returns the share of good events over the whole history.
     *
     * @return in [0, 1]; empty without events
     */
    public OptionalDouble attainment() {
        OptionalDouble ratio = total.errorRatio();
        return ratio.isEmpty() ? ratio : OptionalDouble.of(1 - ratio.getAsDouble());
    }

    /**
     * Returns the highest target that the events prove with one-sided 95 % confidence: the lower bound of the attainment,
     * rounded down to five decimals.
     *
     * @return the target, in [0, 1); 0 without events
     */
    public BigDecimal supportedTarget() {
        return rounded(1 - bound(true), RoundingMode.FLOOR);
    }

    /**
     * Returns the lowest target that the events disprove with one-sided 95 % confidence: the upper bound of the
     * attainment, rounded up to five decimals. Between it and {@link #supportedTarget()} the events do not decide.
     *
     * @return the target, in (0, 1]; 1 without events
     */
    public BigDecimal refutedTarget() {
        return rounded(1 - bound(false), RoundingMode.CEILING);
    }

    private double bound(boolean upper) {
        if (total.isEmpty()) {
            return upper ? 1 : 0;
        }
        boolean binary = objective.indicator().isBinary();
        return upper
                ? Confidence.upperBound(total.bad(), total.total(), CONFIDENCE, binary)
                : Confidence.lowerBound(total.bad(), total.total(), CONFIDENCE, binary);
    }

    private static BigDecimal rounded(double ratio, RoundingMode mode) {
        return BigDecimal.valueOf(ratio).setScale(TARGET_DIGITS, mode).stripTrailingZeros();
    }
}
