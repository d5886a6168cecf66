package dev.llmops.release.evidence;

import dev.llmops.release.policy.GatePolicy;
import dev.llmops.release.policy.MetricRule;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.ToDoubleFunction;

/**
 * Measures a baseline from one call per unit. Rates, traffic and tokens are counted from all units; quantiles, means and deviations
 * come from a sample of bounded size, which follows from the units' ids. Thread-safe.
 */
final class ProfileMeasurement {

    /** With so many units a P95 lies between the P94.8 and the P95.2 of all, three standard errors to each side. */
    static final int SAMPLED_UNITS = 100_000;

    private static final double[] COST_QUANTILES = {.5, .8, .95};
    private static final double USUAL_SIGMA = 1;

    private final GatePolicy policy;
    private final int sampledUnits;
    private final Map<String, long[]> rates = new HashMap<>();
    /** The largest hash is at the head, the next to go. */
    private final PriorityQueue<Sampled> sample = new PriorityQueue<>(Comparator.comparingInt(Sampled::hash)
            .thenComparing(sampled -> sampled.call().callId())
            .reversed());

    private long units;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long input;
    private long cached;

    /** A call with what was said of it. */
    record JudgedCall(CallFacts call, CallVerdicts verdicts) {}

    private record Sampled(int hash, CallFacts call) {}

    ProfileMeasurement(GatePolicy policy) {
        this(policy, SAMPLED_UNITS);
    }

    ProfileMeasurement(GatePolicy policy, int sampledUnits) {
        this.policy = policy;
        this.sampledUnits = sampledUnits;
    }

    /** Adds the call of a unit that has its vote. */
    synchronized void add(JudgedCall judged) {
        CallFacts call = judged.call();
        if (call.exclusion() != null) {
            return;
        }
        units++;
        first = Math.min(first, call.startedAtMillis());
        last = Math.max(last, call.startedAtMillis());
        input += call.tokensIn();
        cached += call.tokensCached();
        for (MetricRule rule : policy.metrics()) {
            Boolean bad =
                    rule.kind() == MetricRule.Kind.RATE ? EvidenceFold.isBad(rule, call, judged.verdicts()) : null;
            if (bad != null) {
                long[] said = rates.computeIfAbsent(rule.metric(), metric -> new long[2]);
                said[0]++;
                said[1] += bad ? 1 : 0;
            }
        }
        sample.add(new Sampled(spread(call.unit().hashCode()), call));
        if (sample.size() > sampledUnits) {
            sample.remove();
        }
    }

    /** Ids that count up have hashes that do too. */
    private static int spread(int hash) {
        int mixed = (hash ^ hash >>> 16) * 0x7FEB352D;
        mixed = (mixed ^ mixed >>> 15) * 0x846CA68B;
        return mixed ^ mixed >>> 16;
    }

    /** Says how many lines could not be read, for the message where no call is left. */
    synchronized GateProfile profile(double cachedPriceRatio, double outputPriceRatio, long unreadable) {
        if (units == 0) {
            throw new IllegalArgumentException("no call belongs to no release"
                    + (unreadable == 0 ? "" : " (" + unreadable + " lines cannot be read)")
                    + " — a baseline is measured from calls"
                    + " before a release — pass the log of the last days, or send traffic first");
        }
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
                units / hours(), rates(), latencies(), sigma(), quantiles, mean, deviation(costs, mean), cache);
    }

    private double hours() {
        return Math.max(1, last - first) / (double) Duration.ofHours(1).toMillis();
    }

    private Map<String, GateProfile.Rate> rates() {
        Map<String, GateProfile.Rate> shares = new HashMap<>();
        rates.forEach((metric, said) ->
                shares.put(metric, new GateProfile.Rate((double) said[1] / said[0], (double) said[0] / units)));
        return shares;
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
        return sample.stream()
                .map(Sampled::call)
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
