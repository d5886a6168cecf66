package dev.llmops.release.evidence;

import dev.llmops.release.policy.GatePolicy;
import dev.llmops.release.policy.MetricRule;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Measures a baseline from one call per unit. */
final class ProfileMeasurement {

    private static final double[] COST_QUANTILES = {.5, .8, .95};
    private static final double USUAL_SIGMA = 1;

    private final GatePolicy policy;
    private final List<JudgedCall> calls;

    /** A call with what was said of it. */
    record JudgedCall(CallFacts call, CallVerdicts verdicts) {}

    ProfileMeasurement(GatePolicy policy, List<JudgedCall> calls) {
        this.policy = policy;
        this.calls = calls.stream()
                .filter(judged -> judged.call().exclusion() == null)
                .toList();
        if (this.calls.isEmpty()) {
            throw new IllegalArgumentException("no call belongs to no release — a baseline is measured from calls"
                    + " before a release — pass the log of the last days, or send traffic first");
        }
    }

    GateProfile profile(double cachedPriceRatio, double outputPriceRatio) {
        long input =
                calls.stream().mapToLong(judged -> judged.call().tokensIn()).sum();
        long cached =
                calls.stream().mapToLong(judged -> judged.call().tokensCached()).sum();
        double hitRatio = input == 0 ? 0 : (double) cached / input;
        CacheTerms cache = new CacheTerms(hitRatio, cachedPriceRatio, outputPriceRatio);
        double[] costs =
                sorted(call -> cache.standardised(call.cost(), call.tokensIn(), call.tokensCached(), call.tokensOut()));
        double mean = Arrays.stream(costs).average().orElse(0);
        List<Double> quantiles = costs.length == 0
                ? List.of()
                : Arrays.stream(COST_QUANTILES)
                        .map(q -> quantile(costs, q))
                        .boxed()
                        .toList();
        return new GateProfile(
                calls.size() / hours(), rates(), latencies(), sigma(), quantiles, mean, deviation(costs, mean), cache);
    }

    private double hours() {
        long first = calls.stream()
                .mapToLong(judged -> judged.call().startedAtMillis())
                .min()
                .orElseThrow();
        long last = calls.stream()
                .mapToLong(judged -> judged.call().startedAtMillis())
                .max()
                .orElseThrow();
        return Math.max(1, last - first) / (double) Duration.ofHours(1).toMillis();
    }

    private Map<String, GateProfile.Rate> rates() {
        Map<String, GateProfile.Rate> rates = new HashMap<>();
        for (MetricRule rule : policy.metrics()) {
            List<Boolean> said = calls.stream()
                    .map(judged -> EvidenceFold.isBad(rule, judged.call(), judged.verdicts()))
                    .filter(bad -> bad != null)
                    .toList();
            if (rule.kind() == MetricRule.Kind.RATE && !said.isEmpty()) {
                double bad = said.stream().filter(Boolean::booleanValue).count() / (double) said.size();
                rates.put(rule.metric(), new GateProfile.Rate(bad, (double) said.size() / calls.size()));
            }
        }
        return rates;
    }

    private Map<String, Double> latencies() {
        Map<String, Double> quantiles = new HashMap<>();
        for (MetricRule rule : policy.metrics()) {
            double[] millis = rule.kind() == MetricRule.Kind.QUANTILE ? millis(rule.metric()) : new double[0];
            if (millis.length > 0) {
                quantiles.put(rule.metric(), quantile(millis, rule.quantileRatio()));
            }
        }
        return quantiles;
    }

    private double[] millis(String metric) {
        return metric.equals("time_to_first_token")
                ? sorted(CallFacts::firstTokenMillis)
                : sorted(call -> call.status().equals(CallFacts.COMPLETED) ? call.durationMillis() : Double.NaN);
    }

    private double sigma() {
        double[] logs = Arrays.stream(sorted(CallFacts::durationMillis))
                .filter(millis -> millis > 0)
                .map(Math::log)
                .toArray();
        double deviation = deviation(logs, Arrays.stream(logs).average().orElse(0));
        return deviation > 0 ? deviation : USUAL_SIGMA;
    }

    private double[] sorted(ToDoubleFunction<CallFacts> value) {
        return calls.stream()
                .map(JudgedCall::call)
                .mapToDouble(value)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
    }

    private static double quantile(double[] sorted, double ratio) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(ratio * sorted.length) - 1)];
    }

    private static double deviation(double[] values, double mean) {
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
    }
}
