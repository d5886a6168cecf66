package dev.llmops.release.evidence;

import java.util.List;
import java.util.Map;

/**
 * Describes the baseline before a release, usually over its last seven days. Thresholds come from it and are fixed for the
 * whole release; a profile that has become stale costs power and never validity.
 *
 * @param unitsPerHour units of traffic an hour, ≥ 0
 * @param rates by metric, how often it is judged and how often it is bad
 * @param quantilesMillis by latency metric, the quantile of the policy, in milliseconds
 * @param latencySigma standard deviation of the logarithm of latencies, &gt; 0; for planning only
 * @param costQuantiles median, P80 and P95 of the cost of a call, standardised; empty when cost is not judged
 * @param costMean mean cost of a call
 * @param costDeviation standard deviation of the cost of a call
 * @param cache at which cache hit ratio costs are compared
 * @since 0.1.0
 */
public record GateProfile(
        double unitsPerHour,
        Map<String, Rate> rates,
        Map<String, Double> quantilesMillis,
        double latencySigma,
        List<Double> costQuantiles,
        double costMean,
        double costDeviation,
        CacheTerms cache) {

    /**
     * Says how often a metric is bad.
     *
     * @param badRatio share of judged units that are bad, in [0, 1]
     * @param judgedRatio share of units that are judged at all, in (0, 1]
     */
    public record Rate(double badRatio, double judgedRatio) {}

    /**
     * Copies the collections.
     *
     * @param unitsPerHour units an hour
     * @param rates rates by metric
     * @param quantilesMillis quantiles by latency
     * @param latencySigma spread of latencies
     * @param costQuantiles quantiles of the cost
     * @param costMean mean cost
     * @param costDeviation deviation of the cost
     * @param cache terms of comparison
     */
    public GateProfile {
        rates = Map.copyOf(rates);
        quantilesMillis = Map.copyOf(quantilesMillis);
        costQuantiles = List.copyOf(costQuantiles);
    }
}
