package dev.llmops.slo.status;

import dev.llmops.slo.AlertTier;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Durations;
import dev.llmops.slo.ErrorBudget;
import dev.llmops.slo.Objective;
import dev.llmops.slo.internal.Percent;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * The verdict of one tier, and its grounds.
 *
 * @param tier the tier
 * @param threshold the error ratio that both windows must be strictly over
 * @param longBurn the long window
 * @param shortBurn the short window
 * @param state what follows
 * @since 0.1.0
 */
public record TierVerdict(AlertTier tier, double threshold, Burn longBurn, Burn shortBurn, State state) {

    /** The conclusion from the two windows. */
    public enum State {
        /** Both are over the threshold, and the guard agrees. */
        FIRING,
        /** At least one is not over the threshold. */
        CLEAR,
        /** Both are over the threshold, on too few events to mean anything. */
        HELD,
        /** A window without events could decide either way: neither firing nor fine. */
        NO_DATA
    }

    static TierVerdict of(AlertTier tier, Objective objective, Burn longBurn, Burn shortBurn) {
        double threshold = objective.budget().threshold(tier.factor());
        return new TierVerdict(
                tier,
                threshold,
                longBurn,
                shortBurn,
                decide(objective, threshold, longBurn.counts(), shortBurn.counts()));
    }

    private static State decide(Objective objective, double threshold, Counts longCounts, Counts shortCounts) {
        boolean clear = isKnownNotOver(longCounts, threshold) || isKnownNotOver(shortCounts, threshold);
        if (clear) {
            return State.CLEAR;
        }
        if (longCounts.isEmpty() || shortCounts.isEmpty()) {
            return State.NO_DATA;
        }
        boolean admitted = objective
                .alerts()
                .guard()
                .admits(longCounts, threshold, objective.indicator().isBinary());
        return admitted ? State.FIRING : State.HELD;
    }

    private static boolean isKnownNotOver(Counts counts, double threshold) {
        return !counts.isEmpty() && !(counts.bad() / counts.total() > threshold);
    }

    /**
     * Says what the tier decided, and why.
     *
     * @return one sentence with its numbers
     */
    public String reason() {
        String windows = longBurn.describe() + ", " + shortBurn.describe();
        String line = "threshold " + Percent.of(threshold) + " (×" + Percent.plain(tier.factor()) + ")";
        return switch (state) {
            case FIRING -> tier.severity() + " fires: both windows are over the " + line + "; " + windows;
            case CLEAR -> tier.severity() + " is clear: a window is not over the " + line + "; " + windows;
            case HELD ->
                tier.severity() + " is held back: over the " + line + ", but on too few events to rule out chance; "
                        + windows;
            case NO_DATA -> tier.severity() + " cannot be judged against the " + line + "; " + windows;
        };
    }

    /**
     * The burn rate of one window.
     *
     * @param window its length
     * @param counts its events
     * @param burnRate error ratio ÷ budget; empty without events
     */
    public record Burn(Duration window, Counts counts, OptionalDouble burnRate) {

        static Burn of(Duration window, Counts counts, ErrorBudget budget) {
            return new Burn(
                    window,
                    counts,
                    counts.isEmpty()
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(budget.burnRate(counts.bad() / counts.total())));
        }

        String describe() {
            return Durations.format(window) + ": "
                    + (counts.isEmpty()
                            ? "no events"
                            : Percent.count(counts.bad()) + " of " + Percent.count(counts.total()) + " bad ("
                                    + Percent.of(counts.bad() / counts.total()) + ")");
        }
    }
}
