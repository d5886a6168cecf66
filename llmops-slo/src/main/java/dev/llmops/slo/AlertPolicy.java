package dev.llmops.slo;

import dev.llmops.slo.internal.Confidence;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * The alerting of an objective: its tiers, and the guard that all of them pass.
 *
 * @param tiers tiers; those of one severity are joined by <em>or</em>. Empty for an objective that never alerts
 * @param guard what keeps low traffic from alerting on chance
 * @since 0.1.0
 */
public record AlertPolicy(List<AlertTier> tiers, Guard guard) {

    /** No alerts at all. */
    public static final AlertPolicy NONE = new AlertPolicy(List.of(), Guard.STANDARD);

    /** Copies the list. */
    public AlertPolicy {
        tiers = List.copyOf(tiers);
        Objects.requireNonNull(guard, "guard");
    }

    /**
     * Tiers of one's own behind the standard guard.
     *
     * @param tiers the tiers
     * @return the policy
     */
    public static AlertPolicy of(AlertTier... tiers) {
        return new AlertPolicy(List.of(tiers), Guard.STANDARD);
    }

    /**
     * The tiers an objective gets when it names none.
     *
     * <p>From 28 days on they are the usual budget fractions: page 1h/5m (2 %) and 6h/30m (5 %), ticket 1d/2h (10 %)
     * and 3d/6h (10 %). Shorter periods keep the factors 14.4, 6, 3 and 1 instead, because the fractions would alert on
     * a healthy service, and under seven days the windows shrink with the period. Where 14.4 times the budget is 0.5 or
     * more, that is for targets up to 96.5 %, the profile for low targets applies: page 6h/30m ×4, ticket 1d/2h ×1.5
     * and 3d/6h ×1. No factor is below 1, and none asks for more than half of the events to be bad unless the budget
     * itself does.
     *
     * @param target the objective's target, in (0, 1)
     * @param window the objective's window
     * @return tiers that can fire; none for a target of 1, which has no burn rate
     */
    public static AlertPolicy derived(BigDecimal target, SloWindow window) {
        return new AlertPolicy(TierDerivation.tiers(new ErrorBudget(target, window.nominalLength())), Guard.STANDARD);
    }

    /**
     * The same tiers behind another guard.
     *
     * @param guard the guard
     * @return the policy
     */
    public AlertPolicy withGuard(Guard guard) {
        return new AlertPolicy(tiers, guard);
    }

    /**
     * Keeps a single failure at three in the morning from waking somebody: beside the two burn rates, a tier needs this
     * many bad events in its long window, and the lower confidence bound of that window's error ratio over the threshold.
     *
     * @param minimumBadEvents bad events needed in the long window, &ge; 0
     * @param confidence one-sided confidence of the lower bound, in [0, 1); 0 asks for no bound. It holds per look, and one
     *     looks every minute, so 0.95 is not five false alarms in a hundred months
     */
    public record Guard(int minimumBadEvents, double confidence) {

        /** The default: 2 bad events, 95 %. */
        public static final Guard STANDARD = new Guard(2, 0.95);

        /** No guard: the bare comparison of the two windows. */
        public static final Guard NONE = new Guard(0, 0);

        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if a number is out of its range
         */
        public Guard {
            if (minimumBadEvents < 0) {
                throw new IllegalArgumentException("minimumBadEvents is " + minimumBadEvents + " — 0 or more");
            }
            if (!(confidence >= 0 && confidence < 1)) {
                throw new IllegalArgumentException("confidence is " + confidence + " — in [0, 1) — pass 0.95");
            }
        }

        /** Returns true if the long window of a tier, which is over its threshold, holds enough evidence. */
        public boolean admits(Counts longWindow, double threshold, boolean binary) {
            return longWindow.bad() >= minimumBadEvents
                    && (confidence == 0
                            || Confidence.isAbove(longWindow.bad(), longWindow.total(), threshold, confidence, binary));
        }
    }
}
