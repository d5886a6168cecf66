package dev.llmops.release.evidence;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.AssignmentUnit;
import dev.llmops.release.internal.Series;
import dev.llmops.release.internal.statistics.ScaledExceedance;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.release.policy.Limit;
import dev.llmops.release.policy.MetricRule;
import dev.llmops.release.policy.MetricRule.Severity;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Counts exceedances of a latency's lines from the cumulative buckets of a Prometheus histogram. Exact at its edges alone. */
final class BucketEvidence {

    private static final double MILLIS_PER_SECOND = 1_000;
    /** Edges are printed as decimal numbers, lines are products of two. */
    private static final double SAME = 1e-9;

    private final MetricRule rule;
    private final double threshold;
    private final Map<Arm, NavigableMap<Double, Long>> countsByArm = new EnumMap<>(Arm.class);

    private BucketEvidence(MetricRule rule, double threshold) {
        this.rule = rule;
        this.threshold = threshold;
    }

    static GateEvidence of(
            String changeId,
            GatePolicy policy,
            GateProfile profile,
            String stage,
            String metric,
            List<PrometheusEvidence.Sample> buckets) {
        if (policy.unit() != AssignmentUnit.REQUEST) {
            throw new IllegalArgumentException("buckets count calls, and the policy assigns by "
                    + policy.unit().label() + " — only with gate.unit: request is each call a unit — read the log or"
                    + " llm_gate_events_total");
        }
        Double threshold = profile.quantilesMillis().get(metric);
        MetricRule rule = policy.metrics().stream()
                .filter(known -> known.metric().equals(metric) && known.kind() == MetricRule.Kind.QUANTILE)
                .findFirst()
                .orElse(null);
        if (rule == null || threshold == null) {
            throw new IllegalArgumentException(
                    "metric '" + metric + "' has no line — it must be a latency of the policy"
                            + " with a quantile in the profile — name one of "
                            + profile.quantilesMillis().keySet());
        }
        BucketEvidence evidence = new BucketEvidence(rule, threshold);
        buckets.forEach(evidence::add);
        Map<GateEvidence.Key, MetricSums> sums = new TreeMap<>();
        evidence.countsByArm.forEach((arm, counts) -> evidence.addLines(stage, arm, counts, sums));
        return GateEvidence.of(changeId, sums, Map.of());
    }

    private void add(PrometheusEvidence.Sample bucket) {
        Arm arm = Arm.ofLabel(PrometheusEvidence.label(bucket.labels(), "arm"));
        String le = PrometheusEvidence.label(bucket.labels(), "le");
        double edge = le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
        if (bucket.value() != Math.rint(bucket.value())) {
            throw new IllegalArgumentException("the bucket " + bucket.labels() + " is not whole (" + bucket.value()
                    + ") — increase() and rate() extrapolate — subtract two readings of the counters");
        }
        countsByArm.computeIfAbsent(arm, a -> new TreeMap<>()).merge(edge, (long) bucket.value(), Long::sum);
    }

    private void addLines(
            String stage, Arm arm, NavigableMap<Double, Long> counts, Map<GateEvidence.Key, MetricSums> sums) {
        for (Severity severity : Severity.values()) {
            Limit limit = rule.limit(severity);
            if (limit != null && limit.ratio() != null) {
                double line = arm.isCandidateVersion()
                        ? ScaledExceedance.candidateThreshold(
                                threshold, limit.ratio(), rule.floor().toNanos() / 1e6)
                        : threshold;
                long all = at(counts, Double.POSITIVE_INFINITY, arm, severity);
                long within = at(counts, line / MILLIS_PER_SECOND, arm, severity);
                sums.put(
                        new GateEvidence.Key(stage, Series.exceedance(rule.metric(), severity), arm),
                        new MetricSums(all, all - within, 0, BigInteger.ZERO));
            }
        }
    }

    /** The calls at or under an edge. */
    private long at(NavigableMap<Double, Long> counts, double seconds, Arm arm, Severity severity) {
        Map.Entry<Double, Long> edge = counts.ceilingEntry(seconds * (1 - SAME));
        if (edge == null || (Double.isFinite(seconds) && edge.getKey() > seconds * (1 + SAME))) {
            throw new IllegalArgumentException(rule.metric() + " cannot be judged from these buckets: the "
                    + severity.label() + " line of the " + arm.label() + " (" + (float) seconds
                    + " s) is none of the edges "
                    + counts.keySet() + " — between edges a count is a guess — add the line to the buckets of the"
                    + " histogram, or fix τ so that τ and its multiples are edges");
        }
        return edge.getValue();
    }
}
