package dev.llmops.slo.status;

import dev.llmops.slo.AlertTier;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Measurement;
import dev.llmops.slo.Objective;
import dev.llmops.slo.Replicas;
import dev.llmops.slo.internal.Confidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The status of one objective, or one group of it, at one instant. Immutable; bounds and sentences are computed
 * when asked for.
 *
 * @since 0.1.0
 */
public final class SloStatus implements Status {

    /** The one-sided confidence of {@link State#MET} and {@link State#BREACHED}: {@value}. */
    public static final double CONFIDENCE = 0.95;

    private final Objective objective;
    private final Measurement measurement;
    private final List<TierVerdict.Burn> burns;
    private final List<TierVerdict> tiers;
    private final State state;

    private SloStatus(Objective objective, Measurement measurement) {
        this.objective = objective;
        this.measurement = measurement;
        burns = measurement.windows().entrySet().stream()
                .map(entry -> TierVerdict.Burn.of(entry.getKey(), entry.getValue(), objective.budget()))
                .sorted(Comparator.comparing(TierVerdict.Burn::window))
                .toList();
        List<TierVerdict> verdicts = new ArrayList<>(objective.alerts().tiers().size());
        for (AlertTier tier : objective.alerts().tiers()) {
            verdicts.add(TierVerdict.of(tier, objective, burn(tier.longWindow()), burn(tier.shortWindow())));
        }
        tiers = List.copyOf(verdicts);
        state = judge();
    }

    /**
     * Judges a measurement.
     *
     * @param objective what was promised
     * @param measurement what was counted
     * @return the status
     */
    public static SloStatus of(Objective objective, Measurement measurement) {
        return new SloStatus(objective, measurement);
    }

    private State judge() {
        double budget = objective.budget().ratio().doubleValue();
        boolean binary = objective.indicator().isBinary();
        if (Confidence.isAbove(counts().bad(), counts().total(), budget, CONFIDENCE, binary)) {
            return State.BREACHED;
        }
        return Confidence.isWithin(counts().bad(), counts().total(), budget, CONFIDENCE, binary)
                ? State.MET
                : State.INSUFFICIENT_DATA;
    }

    private TierVerdict.Burn burn(Duration window) {
        return TierVerdict.Burn.of(window, measurement.window(window), objective.budget());
    }

    /**
     * Returns the objective.
     *
     * @return the objective
     */
    public Objective objective() {
        return objective;
    }

    /**
     * Returns the group of the objective.
     *
     * @return values by dimension; empty for an objective without groups
     */
    public Map<Dimension, String> group() {
        return measurement.group();
    }

    @Override
    public Measurement.View view() {
        return measurement.view();
    }

    /**
     * Returns the instances that were counted, and how many there are.
     *
     * @return the instances; {@link Replicas#UNKNOWN} where the source does not tell them apart
     */
    public Replicas replicas() {
        return measurement.replicas();
    }

    @Override
    public Instant at() {
        return measurement.at();
    }

    /**
     * The verdict.
     *
     * @return the state
     */
    public State state() {
        return state;
    }

    /**
     * The measured part of the window: the share of its minutes that had an event in the five minutes up to them.
     *
     * @return in [0, 1]
     */
    public double coverage() {
        return measurement.coverage();
    }

    /**
     * The events of the objective's window.
     *
     * @return the counts
     */
    public Counts counts() {
        return measurement.period();
    }

    /**
     * The share of bad events in the objective's window.
     *
     * @return in [0, 1]; empty without events
     */
    public OptionalDouble errorRatio() {
        return counts().errorRatio();
    }

    /**
     * The lower one-sided 95 % bound of the error ratio: Clopper and Pearson's for counted events, Hoeffding's for means.
     *
     * @return in [0, error ratio]; empty without events
     */
    public OptionalDouble errorRatioLowerBound() {
        return counts().isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Confidence.lowerBound(
                        counts().bad(),
                        counts().total(),
                        CONFIDENCE,
                        objective.indicator().isBinary()));
    }

    /**
     * The upper one-sided 95 % bound of the error ratio.
     *
     * @return in [error ratio, 1]; empty without events
     */
    public OptionalDouble errorRatioUpperBound() {
        return counts().isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Confidence.upperBound(
                        counts().bad(),
                        counts().total(),
                        CONFIDENCE,
                        objective.indicator().isBinary()));
    }

    /**
     * Returns the share of the budget that is left.
     *
     * @return 1 is untouched, 0 spent, negative overspent; empty without events
     */
    public OptionalDouble budgetRemaining() {
        OptionalDouble ratio = errorRatio();
        return ratio.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(objective.budget().remaining(ratio.getAsDouble()));
    }

    /**
     * Returns the burn rate of each window.
     *
     * @return all alert windows, shortest first
     */
    public List<TierVerdict.Burn> burnRates() {
        return burns;
    }

    /**
     * Returns how fast one window burns.
     *
     * @param window the length of an alert window
     * @return error ratio ÷ budget; empty without events
     */
    public OptionalDouble burnRate(Duration window) {
        return burn(window).burnRate();
    }

    /**
     * Returns how long the budget lasts at the burn rate of the shortest long window, one hour by default.
     *
     * @return zero when it is spent; empty without events or when nothing burns
     */
    public Optional<Duration> timeToExhaustion() {
        OptionalDouble remaining = budgetRemaining();
        Duration recent = objective.alerts().tiers().stream()
                .map(AlertTier::longWindow)
                .min(Comparator.naturalOrder())
                .orElseGet(() -> burns.get(0).window());
        OptionalDouble rate = burn(recent).burnRate();
        if (remaining.isEmpty() || rate.isEmpty()) {
            return Optional.empty();
        }
        return objective.budget().timeToExhaustion(remaining.getAsDouble(), rate.getAsDouble());
    }

    /**
     * Returns the verdict of each alert tier.
     *
     * @return verdicts in the order of the policy
     */
    public List<TierVerdict> tiers() {
        return tiers;
    }

    /**
     * Returns the verdict of a severity over all its tiers.
     *
     * @param severity the severity
     * @return firing if any tier fires, else no data, held or clear, in this order
     */
    public TierVerdict.State alertState(String severity) {
        TierVerdict.State worst = TierVerdict.State.CLEAR;
        for (TierVerdict verdict : tiers) {
            if (verdict.tier().severity().equals(severity) && rank(verdict.state()) > rank(worst)) {
                worst = verdict.state();
            }
        }
        return worst;
    }

    private static int rank(TierVerdict.State state) {
        return switch (state) {
            case CLEAR -> 0;
            case HELD -> 1;
            case NO_DATA -> 2;
            case FIRING -> 3;
        };
    }

    /**
     * Returns the exclusions within the window; their events count nowhere.
     *
     * @return exclusions by their start; usually none
     */
    public List<Exclusion> exclusions() {
        return measurement.exclusions();
    }

    /**
     * Returns notes on how to read this status, such as an answer that was partial.
     *
     * @return sentences; usually none
     */
    public List<String> notes() {
        return measurement.notes();
    }

    @Override
    public String reason() {
        return Reasons.of(this);
    }

    @Override
    public String toString() {
        return objective.name() + (group().isEmpty() ? "" : " " + group()) + " " + state
                + (view() == Measurement.View.INSTANCE ? " on this instance: " : ": ") + reason();
    }

    /** The verdict on an objective. */
    public enum State {
        /** The upper 95 % bound of the error ratio lies within the budget: there are enough events to say so. */
        MET,
        /** The lower 95 % bound of the error ratio lies over the budget: it is certain. */
        BREACHED,
        /** Neither is established, or nothing was measured. Silence is never healthy. */
        INSUFFICIENT_DATA
    }
}
