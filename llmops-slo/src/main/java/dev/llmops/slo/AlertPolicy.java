package dev.llmops.slo;

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
public record AlertPolicy(List<AlertTier> tiers, LowTrafficGuard guard) {

    /** No alerts at all. */
    public static final AlertPolicy NONE = new AlertPolicy(List.of(), LowTrafficGuard.STANDARD);

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
        return new AlertPolicy(List.of(tiers), LowTrafficGuard.STANDARD);
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
        return new AlertPolicy(
                TierDerivation.tiers(new ErrorBudget(target, window.nominalLength())), LowTrafficGuard.STANDARD);
    }

    /**
     * The same tiers behind another guard.
     *
     * @param guard the guard
     * @return the policy
     */
    public AlertPolicy withGuard(LowTrafficGuard guard) {
        return new AlertPolicy(tiers, guard);
    }
}
