package dev.llmops.quality.judge;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;

/**
 * Limit of a judge's evaluations and money per day of UTC. Thread-safe.
 *
 * <p>An evaluation is counted before it starts; its cost is known when its calls end, so concurrent evaluations may exceed
 * the money by what they cost themselves.
 *
 * @since 0.1.0
 */
public final class JudgeBudget {

    private final long maxEvaluations;
    private final BigDecimal maxCost;
    private final Clock clock;
    private LocalDate day;
    private long evaluations;
    private BigDecimal cost = BigDecimal.ZERO;

    /**
     * Creates a budget.
     *
     * @param maxEvaluations the number of evaluations a day
     * @param maxCost the money a day, in the currency of the price book
     * @param clock tells the day
     */
    public JudgeBudget(long maxEvaluations, BigDecimal maxCost, Clock clock) {
        this.maxEvaluations = maxEvaluations;
        this.maxCost = maxCost;
        this.clock = clock;
        this.day = LocalDate.now(clock);
    }

    synchronized boolean take() {
        startDay();
        if (evaluations >= maxEvaluations || cost.compareTo(maxCost) >= 0) {
            return false;
        }
        evaluations++;
        return true;
    }

    synchronized void spend(BigDecimal amount) {
        startDay();
        cost = cost.add(amount);
    }

    private void startDay() {
        LocalDate today = LocalDate.now(clock);
        if (!today.equals(day)) {
            day = today;
            evaluations = 0;
            cost = BigDecimal.ZERO;
        }
    }

    /**
     * Returns how much today's evaluations have cost.
     *
     * @return the money
     */
    public synchronized BigDecimal spentToday() {
        startDay();
        return cost;
    }

    /**
     * Returns how many evaluations were started today.
     *
     * @return the number
     */
    public synchronized long evaluationsToday() {
        startDay();
        return evaluations;
    }
}
