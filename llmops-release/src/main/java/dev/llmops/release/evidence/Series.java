package dev.llmops.release.evidence;

import dev.llmops.release.policy.MetricRule.Severity;

/**
 * Names the series that are summed beside the plain metrics.
 *
 * @since 0.1.0
 */
public final class Series {

    /** Units, one per vote; what the test of shares looks at. */
    public static final String UNITS = "units";

    private static final String MIX = "mix/";
    private static final String RISK = "risk/";
    private static final int BUCKETS_PER_DOUBLING = 8;

    private Series() {}

    /**
     * Returns the series of exceedances of a latency line.
     *
     * @param metric the metric
     * @param severity of which the line is
     * @return the name
     */
    public static String exceedance(String metric, Severity severity) {
        return metric + "/" + severity.label();
    }

    /**
     * Returns the series of exceedances of a cost line at a quantile of the baseline.
     *
     * @param metric the metric
     * @param quantile 0, 1 or 2: the median, P80, P95
     * @param severity of which the line is
     * @return the name
     */
    public static String exceedance(String metric, int quantile, Severity severity) {
        return metric + "/q" + quantile + "/" + severity.label();
    }

    /**
     * Returns the series of shadow pairs.
     *
     * @param metric the metric
     * @return the name
     */
    public static String pairs(String metric) {
        return metric + "/pairs";
    }

    /**
     * Returns the series of findings of a risk.
     *
     * @param type the risk
     * @return the name
     */
    public static String risk(String type) {
        return RISK + type;
    }

    /**
     * Returns true if a series counts units of one kind of traffic.
     *
     * @param series the name
     * @return true for a part of the mix
     */
    public static boolean isMix(String series) {
        return series.startsWith(MIX);
    }

    static String mix(String feature, int bucket) {
        return MIX + feature + "#" + bucket;
    }

    /**
     * Returns the series of a histogram's bucket.
     *
     * @param metric the metric
     * @param millis a value
     * @return the name, equal for values within 9 % of each other
     */
    static String bucket(String metric, double millis) {
        int bucket = (int) Math.floor(Math.log(Math.max(millis, 1e-3)) / Math.log(2) * BUCKETS_PER_DOUBLING);
        return bucketPrefix(metric) + bucket;
    }

    static String bucketPrefix(String metric) {
        return metric + "/bucket/";
    }

    static double lowerEdgeMillis(int bucket) {
        return Math.pow(2, (double) bucket / BUCKETS_PER_DOUBLING);
    }
}
