package dev.llmops.release.internal;

import dev.llmops.release.policy.MetricRule.Severity;
import java.util.Locale;

/**
 * Names the series that are summed beside the plain metrics.
 */
public final class Series {

    /** Units, one per vote; what the test of shares looks at. */
    public static final String UNITS = "units";

    private static final String MIX = "mix/";
    private static final String RISK = "risk/";
    private static final int BUCKETS_PER_DOUBLING = 8;

    /** Upper ÷ lower edge of a histogram's bucket. */
    public static final double BUCKET_RATIO = Math.pow(2, 1.0 / BUCKETS_PER_DOUBLING);

    /** The label by people of an answer that an automatic judge judged. */
    public enum Label {
        /** People called it good. */
        GOOD,
        /** People called it bad. */
        BAD,
        /** People did not judge it. */
        NONE
    }

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
     * Returns the series of answers that an automatic judge judged; bad are those that it called bad.
     *
     * @param metric the metric
     * @param evaluator the judge, with its version
     * @param label what people said of the same answers
     * @return the name
     */
    public static String judged(String metric, String evaluator, Label label) {
        return metric + "/judged/" + label.name().toLowerCase(Locale.ROOT) + "/" + evaluator;
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

    /**
     * Returns the series of units of one kind of traffic.
     *
     * @param feature what the kinds are of
     * @param bucket the kind
     * @return the name
     */
    public static String mix(String feature, int bucket) {
        return MIX + feature + "#" + bucket;
    }

    /**
     * Returns the series of a histogram's bucket.
     *
     * @param metric the metric
     * @param millis a value
     * @return the name, equal for values within 9 % of each other
     */
    public static String bucket(String metric, double millis) {
        return bucketPrefix(metric) + bucketOf(millis);
    }

    /**
     * Returns the number of a histogram's bucket.
     *
     * @param millis a value
     * @return the number
     */
    public static int bucketOf(double millis) {
        return (int) Math.floor(Math.log(Math.max(millis, 1e-3)) / Math.log(2) * BUCKETS_PER_DOUBLING);
    }

    /**
     * Returns what the names of a histogram's buckets begin with.
     *
     * @param metric the metric
     * @return the prefix, which the number of the bucket follows
     */
    public static String bucketPrefix(String metric) {
        return metric + "/bucket/";
    }

    /**
     * Returns the lower edge of a bucket.
     *
     * @param bucket its number
     * @return milliseconds
     */
    public static double lowerEdgeMillis(int bucket) {
        return Math.pow(2, (double) bucket / BUCKETS_PER_DOUBLING);
    }
}
