package dev.llmops.release.evidence;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.release.policy.MetricRule;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Writes evidence as counters and reads it back, also added up over a fleet by {@code sum without (instance)}.
 *
 * <p>{@code llm_gate_events_total} counts units by {@code change, line, metric, arm, stage} and {@code verdict} = good or bad;
 * {@code llm_gate_value_sum} and {@code llm_gate_value_squares_sum} carry values and their squares in billionths, for costs.
 *
 * @since 0.1.0
 */
public final class PrometheusEvidence {

    /** The counter of units. */
    public static final String EVENTS = "llm_gate_events_total";
    /** The sum of values, in billionths. */
    public static final String VALUE_SUM = "llm_gate_value_sum";
    /** The sum of the squares of values, in billionths squared. */
    public static final String SQUARES_SUM = "llm_gate_value_squares_sum";

    /**
     * A sample of a counter.
     *
     * @param name the name of the metric
     * @param labels its labels
     * @param value its value
     */
    public record Sample(String name, Map<String, String> labels, double value) {

        /**
         * Copies the labels.
         *
         * @param name the name of the metric
         * @param labels its labels
         * @param value its value
         */
        public Sample {
            labels = Map.copyOf(labels);
        }
    }

    private static final String TRAFFIC = "traffic";
    private static final String RISK = "risk";

    private PrometheusEvidence() {}

    /**
     * Returns the counters of evidence, to be exported.
     *
     * @param evidence the evidence of one instance
     * @param policy the release's policy, which knows the line of each metric
     * @return one sample per counter
     */
    public static List<Sample> samples(GateEvidence evidence, GatePolicy policy) {
        List<Sample> samples = new ArrayList<>();
        evidence.sums().forEach((key, sums) -> {
            Map<String, String> labels = Map.of(
                    "change", evidence.changeId(),
                    "line", line(key.series(), policy),
                    "metric", key.series(),
                    "arm", key.arm().label(),
                    "stage", key.stage());
            samples.add(new Sample(EVENTS, with(labels, "bad"), sums.bad()));
            samples.add(new Sample(EVENTS, with(labels, "good"), (double) (sums.n() - sums.bad())));
            if (sums.sumNanos() != 0 || sums.squares().signum() != 0) {
                samples.add(new Sample(VALUE_SUM, labels, sums.sumNanos()));
                samples.add(new Sample(SQUARES_SUM, labels, sums.squares().doubleValue()));
            }
        });
        return samples;
    }

    private static Map<String, String> with(Map<String, String> labels, String verdict) {
        Map<String, String> more = new TreeMap<>(labels);
        more.put("verdict", verdict);
        return more;
    }

    private static String line(String series, GatePolicy policy) {
        String metric = series.contains("/") ? series.substring(0, series.indexOf('/')) : series;
        if (metric.equals(RISK)) {
            return RISK;
        }
        return policy.metrics().stream()
                .filter(rule -> rule.metric().equals(metric))
                .map(MetricRule::line)
                .findFirst()
                .map(line -> line.label())
                .orElse(TRAFFIC);
    }

    /**
     * Returns the evidence that counters carry.
     *
     * @param changeId the release; samples of others are skipped
     * @param samples the counters, of one instance or of many
     * @return the evidence
     * @throws IllegalArgumentException if a label is missing, or a counter is no number
     */
    public static GateEvidence of(String changeId, List<Sample> samples) {
        Map<GateEvidence.Key, MetricSums> sums = new TreeMap<>();
        for (Sample sample : samples) {
            Map<String, String> labels = sample.labels();
            if (changeId.equals(labels.get("change"))) {
                GateEvidence.Key key = new GateEvidence.Key(
                        label(labels, "stage"), label(labels, "metric"), Arm.ofLabel(label(labels, "arm")));
                sums.merge(key, sumsOf(sample), MetricSums::plus);
            }
        }
        return GateEvidence.of(changeId, sums, Map.of());
    }

    /**
     * Returns the evidence on a latency that the buckets of a histogram carry, which the service exports anyway. The count of
     * calls over a line is exact where the line is an edge, and refused where it is not.
     *
     * <p>The buckets are {@code <name>_bucket} samples in seconds, with the labels {@code le} and {@code arm} (that of the
     * version set, by a recording rule or by the caller), and count what happened since the stage began: the difference of
     * two readings. They know neither calls under way nor the mix of the traffic, and no quantile is shown for them.
     *
     * @param changeId the release
     * @param policy the release's policy, whose unit is the request
     * @param profile the thresholds that were fixed before the release
     * @param stage the stage in which the calls were counted
     * @param metric a latency of the policy
     * @param buckets the buckets, of one instance or of many
     * @return evidence on the metric alone, to be added to that on the others
     * @throws IllegalArgumentException if a line is no edge, a count is not whole, or the unit is not the request
     */
    public static GateEvidence ofBuckets(
            String changeId,
            GatePolicy policy,
            GateProfile profile,
            String stage,
            String metric,
            List<Sample> buckets) {
        return BucketEvidence.of(changeId, policy, profile, stage, metric, buckets);
    }

    static String label(Map<String, String> labels, String name) {
        String value = labels.get(name);
        if (value == null) {
            throw new IllegalArgumentException("label " + name + " must be there, but the sample has " + labels.keySet()
                    + " — do not aggregate it away; sum without (instance)");
        }
        return value;
    }

    private static MetricSums sumsOf(Sample sample) {
        if (!Double.isFinite(sample.value())) {
            throw new IllegalArgumentException(
                    "a counter is no number (" + sample.name() + sample.labels() + " is " + sample.value()
                            + ") — finite counts are read — query the counters as they are, without a division");
        }
        long count = Math.round(sample.value());
        return switch (sample.name()) {
            case EVENTS -> {
                boolean bad = "bad".equals(sample.labels().get("verdict"));
                yield new MetricSums(count, bad ? count : 0, 0, BigInteger.ZERO);
            }
            case VALUE_SUM -> new MetricSums(0, 0, count, BigInteger.ZERO);
            case SQUARES_SUM -> new MetricSums(0, 0, 0, new BigDecimal(sample.value()).toBigInteger());
            default -> MetricSums.NONE;
        };
    }

    /**
     * Returns the evidence in the answer of an instant query, such as
     * {@code {__name__=~"llm_gate_.+", change="support-v13"}}.
     *
     * @param changeId the release
     * @param json the body of the answer
     * @return the evidence
     * @throws IllegalArgumentException if the query failed
     */
    public static GateEvidence ofQuery(String changeId, String json) {
        JsonNode root;
        try {
            root = EvidenceJson.MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the answer must be JSON, but " + e.getOriginalMessage(), e);
        }
        if (!root.path("status").asString("").equals("success")) {
            throw new IllegalArgumentException("the query must succeed, but Prometheus answered "
                    + root.path("error").asString(json));
        }
        List<Sample> samples = new ArrayList<>();
        for (JsonNode series : root.path("data").path("result").values()) {
            Map<String, String> labels = new TreeMap<>();
            series.path("metric")
                    .properties()
                    .forEach(
                            entry -> labels.put(entry.getKey(), entry.getValue().asString("")));
            double value = Double.parseDouble(
                    series.path("value").path(1).asString("NaN").replace("Inf", "Infinity"));
            samples.add(new Sample(labels.getOrDefault("__name__", ""), labels, value));
        }
        return of(changeId, samples);
    }
}
