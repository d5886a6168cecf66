package dev.llmops.quality.drift.statistics;

/**
 * Result of a statistical test.
 *
 * @param statistic the test's statistic
 * @param pValue the probability of a statistic at least as extreme if nothing changed, in 0..1
 * @since 0.1.0
 */
public record TestResult(double statistic, double pValue) {}
