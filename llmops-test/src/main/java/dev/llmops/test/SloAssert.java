package dev.llmops.test;

import dev.llmops.report.slo.JudgedEvent;
import dev.llmops.slo.status.SloStatus;
import java.util.List;

/**
 * Fluent assertions about one objective; each throws an {@link AssertionError} that gives the objective, its value, n,
 * interval and the worst offenders.
 *
 * @since 0.1.0
 */
public final class SloAssert {

    private final SloStatus status;
    private final List<JudgedEvent> offenders;

    SloAssert(SloStatus status, List<JudgedEvent> offenders) {
        this.status = status;
        this.offenders = offenders;
    }

    /**
     * Asserts that the objective was met for certain.
     *
     * @return this
     */
    public SloAssert isMet() {
        return check(!Verdict.of(status, SloTest.InsufficientData.FAIL).isFailure(), "must be met");
    }

    /**
     * Asserts that the share of bad events that was seen lies within the budget, certain or not.
     *
     * @return this
     */
    public SloAssert isWithinBudget() {
        return check(
                !Verdict.of(status, SloTest.InsufficientData.JUDGE_BY_OBSERVED_RATIO)
                        .isFailure(),
                "must be within its budget");
    }

    /**
     * Asserts a number of events.
     *
     * @param minimum the least number
     * @return this
     */
    public SloAssert hasAtLeastEvents(long minimum) {
        return check(status.counts().total() >= minimum, "must have at least " + minimum + " events");
    }

    /**
     * Asserts a share of bad events.
     *
     * @param maximum the greatest share, in [0, 1]
     * @return this
     */
    public SloAssert hasErrorRatioAtMost(double maximum) {
        return check(
                status.errorRatio().orElse(1) <= maximum,
                "must have an error ratio of at most " + Verdict.percent(maximum));
    }

    /**
     * Asserts what is left of the budget.
     *
     * @param minimum the least share, where 1 is untouched and 0 spent
     * @return this
     */
    public SloAssert hasBudgetRemainingAtLeast(double minimum) {
        return check(
                status.budgetRemaining().orElse(Double.NEGATIVE_INFINITY) >= minimum,
                "must have at least " + Verdict.percent(minimum) + " of its budget left");
    }

    private SloAssert check(boolean holds, String rule) {
        if (!holds) {
            throw new AssertionError(status.objective().name() + " " + rule + "\n"
                    + Verdict.of(status, SloTest.InsufficientData.FAIL).explain(offenders));
        }
        return this;
    }
}
