package dev.llmops.report.evidence;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.evidence.GateEvidence;
import dev.llmops.release.evidence.MetricSums;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.release.policy.MetricRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The metrics of each arm over all stages: rates, means and percentiles, by metric. */
final class PackMetrics {

    private static final Map<String, Double> QUANTILES = Map.of("p50", .5, "p95", .95, "p99", .99);

    private PackMetrics() {}

    static Map<String, Object> of(GatePolicy policy, GateEvidence evidence) {
        Map<String, Object> metrics = new TreeMap<>();
        for (MetricRule rule : policy.metrics()) {
            Map<String, Object> arms = new TreeMap<>();
            for (Arm arm : Arm.values()) {
                Map<String, Object> figures = figures(rule, evidence, arm);
                if (!figures.isEmpty()) {
                    arms.put(arm.label(), figures);
                }
            }
            metrics.put(rule.metric(), arms);
        }
        return metrics;
    }

    private static Map<String, Object> figures(MetricRule rule, GateEvidence evidence, Arm arm) {
        Map<String, Object> figures = new LinkedHashMap<>();
        if (rule.kind() == MetricRule.Kind.QUANTILE) {
            QUANTILES.forEach((name, ratio) -> {
                OptionalDouble millis = evidence.quantileMillis(rule.metric(), arm, ratio);
                millis.ifPresent(value -> figures.put(name + "_ms", value));
            });
            return figures;
        }
        MetricSums sums = MetricSums.NONE;
        for (String stage : evidence.stages()) {
            sums = sums.plus(evidence.sums(stage, rule.metric(), arm));
        }
        if (sums.n() > 0) {
            figures.put("n", sums.n());
            if (rule.kind() == MetricRule.Kind.RATE) {
                figures.put("bad", sums.bad());
                figures.put("bad_ratio", sums.badRatio());
            } else {
                figures.put("mean", sums.mean());
            }
        }
        return figures;
    }
}
