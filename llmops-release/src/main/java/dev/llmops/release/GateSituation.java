package dev.llmops.release;

import dev.llmops.release.arm.SwitchState;
import dev.llmops.release.stats.JudgeCalibration;
import java.time.Instant;
import java.util.Map;

/**
 * Holds what a verdict depends on beside policy and evidence: where the release stands, and what other systems say.
 *
 * @param now the time of the verdict
 * @param stage the stage under way
 * @param stageSince when it began
 * @param sloBudgetRemainingRatio the smallest remaining error budget of any SLO; NaN when none is known
 * @param isMoneyExhausting true if a money budget will be spent before its window ends
 * @param changeKind the kind of change, such as {@code security}; empty for none
 * @param judges the calibrations of automatic judges by metric
 * @since 0.1.0
 */
public record GateSituation(
        Instant now,
        String stage,
        Instant stageSince,
        double sloBudgetRemainingRatio,
        boolean isMoneyExhausting,
        String changeKind,
        Map<String, JudgeCalibration> judges) {

    /**
     * Copies the calibrations.
     *
     * @param now the time of the verdict
     * @param stage the stage under way
     * @param stageSince when it began
     * @param sloBudgetRemainingRatio the smallest remaining error budget
     * @param isMoneyExhausting true if money runs out
     * @param changeKind the kind of change
     * @param judges calibrations by metric
     */
    public GateSituation {
        judges = Map.copyOf(judges);
    }

    /**
     * Returns the situation of a release of which nothing else is known.
     *
     * @param state the state of its switch
     * @param now the time of the verdict
     * @return the situation
     */
    public static GateSituation of(SwitchState state, Instant now) {
        return new GateSituation(now, state.exposure().stage(), state.stageSince(), Double.NaN, false, "", Map.of());
    }

    /**
     * Returns the situation with the state of budgets.
     *
     * @param sloRemainingRatio the smallest remaining error budget of any SLO; NaN when none is known
     * @param moneyExhausting true if a money budget will be spent before its window ends
     * @return a copy
     */
    public GateSituation withBudgets(double sloRemainingRatio, boolean moneyExhausting) {
        return new GateSituation(now, stage, stageSince, sloRemainingRatio, moneyExhausting, changeKind, judges);
    }

    /**
     * Returns the situation of a kind of change.
     *
     * @param kind the kind, such as {@code security}
     * @return a copy
     */
    public GateSituation withChangeKind(String kind) {
        return new GateSituation(now, stage, stageSince, sloBudgetRemainingRatio, isMoneyExhausting, kind, judges);
    }

    /**
     * Returns the situation with calibrated judges.
     *
     * @param calibrations by metric
     * @return a copy
     */
    public GateSituation withJudges(Map<String, JudgeCalibration> calibrations) {
        return new GateSituation(
                now, stage, stageSince, sloBudgetRemainingRatio, isMoneyExhausting, changeKind, calibrations);
    }
}
