package dev.llmops.report.slo;

import dev.llmops.slo.Indicator;

/**
 * A value that an indicator compares with its threshold.
 *
 * @param indicator the indicator, or the part of a goodput
 * @param value milliseconds for a latency, an amount for a cost, otherwise the score
 * @since 0.1.0
 */
public record MeasuredValue(Indicator indicator, double value) {}
