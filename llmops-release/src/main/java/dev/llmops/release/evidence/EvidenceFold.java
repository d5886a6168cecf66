package dev.llmops.release.evidence;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.evidence.ProfileMeasurement.JudgedCall;
import dev.llmops.release.internal.Series;
import dev.llmops.release.internal.statistics.ScaledExceedance;
import dev.llmops.release.policy.GateLine;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.release.policy.Limit;
import dev.llmops.release.policy.MetricRule;
import dev.llmops.release.policy.MetricRule.Severity;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Adds calls up: the one place where a call becomes counts, for every source alike.
 *
 * <p>A unit has one vote in a stage, that of its first call. A call counts when it is older than the policy's age, ended or
 * not, so that a slow version cannot hide behind calls under way; an exceedance counts as soon as it is certain. Risks that
 * stop a release count at once and from every call.
 */
final class EvidenceFold {

    private static final int MIX_BUCKETS = 16;
    private static final Severity[] SEVERITIES = Severity.values();
    private static final String[] FEATURES = mix("feature", MIX_BUCKETS);
    private static final String[] OPERATIONS = mix("operation", MIX_BUCKETS);
    private static final String[] INPUT_TOKENS = mix("input_tokens", Long.SIZE + 1);

    private static final String PAIRS = Series.pairs(Series.UNITS);

    private final GatePolicy policy;
    private final GateProfile profile;
    private final long matureBeforeMillis;
    private final List<RuleSeries> rules;
    private final Map<String, Map<Arm, ArmSums>> sums = new HashMap<>();
    private final Map<String, Long> notCounted = new TreeMap<>();

    EvidenceFold(GatePolicy policy, GateProfile profile, Instant now) {
        this(policy, profile, now.minus(policy.matureAfter()).toEpochMilli());
    }

    private EvidenceFold(GatePolicy policy, GateProfile profile, long matureBeforeMillis) {
        this.policy = policy;
        this.profile = profile;
        this.matureBeforeMillis = matureBeforeMillis;
        int quantiles = profile.costQuantiles().size();
        this.rules = policy.metrics().stream()
                .map(rule -> new RuleSeries(rule, quantiles))
                .toList();
    }

    /** A fold that counts calls of any age. */
    static EvidenceFold ofRetired(GatePolicy policy, GateProfile profile) {
        return new EvidenceFold(policy, profile, Long.MAX_VALUE);
    }

    private static String[] mix(String of, int buckets) {
        return IntStream.range(0, buckets)
                .mapToObj(bucket -> Series.mix(of, bucket))
                .toArray(String[]::new);
    }

    /** A rule with the names of its series, which are made once. */
    private static final class RuleSeries {

        private final MetricRule rule;
        private final String pairs;
        private final Exceedances exceedances;
        private final List<Exceedances> costExceedances;
        private final Map<Integer, String> buckets = new HashMap<>();

        private record Exceedances(String pause, String rollBack) {

            static Exceedances of(Function<Severity, String> name) {
                return new Exceedances(name.apply(Severity.PAUSE), name.apply(Severity.ROLL_BACK));
            }

            String of(Severity severity) {
                return severity == Severity.PAUSE ? pause : rollBack;
            }
        }

        RuleSeries(MetricRule rule, int costQuantiles) {
            this.rule = rule;
            this.pairs = Series.pairs(rule.metric());
            this.exceedances = Exceedances.of(severity -> Series.exceedance(rule.metric(), severity));
            this.costExceedances = IntStream.range(0, costQuantiles)
                    .mapToObj(quantile ->
                            Exceedances.of(severity -> Series.exceedance(rule.metric(), quantile, severity)))
                    .toList();
        }

        String bucket(double millis) {
            return buckets.computeIfAbsent(
                    Series.bucketOf(millis), bucket -> Series.bucketPrefix(rule.metric()) + bucket);
        }
    }

    /** Adds a call, and returns true if it may be half of a pair. */
    boolean add(CallFacts call, CallVerdicts verdicts, boolean hasVote) {
        addRisks(call, verdicts);
        String exclusion = call.exclusion();
        if (exclusion != null) {
            leaveOut(exclusion);
            return false;
        }
        if (call.arm() == Arm.SHADOW) {
            return true;
        }
        if (!hasVote) {
            leaveOut("not the first call of its unit");
            return false;
        }
        if (isMature(call)) {
            addMature(call, verdicts);
            return true;
        }
        leaveOut("younger than mature_after");
        addExceedances(sums(call), call, true);
        return false;
    }

    boolean isMature(CallFacts call) {
        return call.startedAtMillis() <= matureBeforeMillis;
    }

    GateEvidence evidence(String changeId) {
        Map<GateEvidence.Key, MetricSums> all = new HashMap<>();
        sums.forEach((stage, arms) -> arms.forEach((arm, each) -> each.each(stage, arm, all::put)));
        return GateEvidence.of(changeId, all, notCounted);
    }

    void leaveOut(String reason) {
        notCounted.merge(reason, 1L, Long::sum);
    }

    private ArmSums sums(CallFacts call) {
        return sums.computeIfAbsent(call.stage(), stage -> new EnumMap<>(Arm.class))
                .computeIfAbsent(call.arm(), arm -> new ArmSums());
    }

    private void addRisks(CallFacts call, CallVerdicts verdicts) {
        if (call.risks().isEmpty() && verdicts.risks().isEmpty()) {
            return;
        }
        Set<String> found = new TreeSet<>(call.risks());
        found.addAll(verdicts.risks());
        for (String type : found) {
            if (policy.stopOn().contains(type)) {
                sums(call).unit(Series.risk(type), true);
            }
        }
    }

    private void addMature(CallFacts call, CallVerdicts verdicts) {
        ArmSums to = sums(call);
        to.unit(Series.UNITS, false);
        to.unit(FEATURES[Math.floorMod(call.feature().hashCode(), MIX_BUCKETS)], false);
        to.unit(OPERATIONS[Math.floorMod(call.operation().hashCode(), MIX_BUCKETS)], false);
        to.unit(INPUT_TOKENS[Long.SIZE - Long.numberOfLeadingZeros(call.tokensIn())], false);
        for (RuleSeries series : call.isOpen() ? List.<RuleSeries>of() : rules) {
            MetricRule rule = series.rule;
            switch (rule.kind()) {
                case RATE -> {
                    Boolean bad = isBad(rule, call, verdicts);
                    if (bad != null) {
                        to.unit(rule.metric(), bad);
                    }
                    addJudges(to, rule, verdicts);
                }
                case MEAN -> addCost(to, series, call);
                case QUANTILE -> {}
            }
        }
        addExceedances(to, call, false);
    }

    /** Counts what each automatic judge said, apart by what people said of the same answer: all that a correction needs. */
    private static void addJudges(ArmSums to, MetricRule rule, CallVerdicts verdicts) {
        for (String judge : verdicts.judges(rule.metric())) {
            Boolean label = verdicts.bad(rule.metric(), CallVerdicts.PEOPLE);
            Series.Label people = label == null ? Series.Label.NONE : label ? Series.Label.BAD : Series.Label.GOOD;
            boolean flagged = Boolean.TRUE.equals(verdicts.bad(rule.metric(), judge));
            to.unit(Series.judged(rule.metric(), judge, people), flagged);
        }
    }

    /** Says whether a call is bad by a rate; null where nothing was said of it. */
    static @Nullable Boolean isBad(MetricRule rule, CallFacts call, CallVerdicts verdicts) {
        return switch (rule.metric()) {
            case "errors" -> call.isFailure();
            case "timeouts" -> call.isTimeout();
            case CallVerdicts.REFUSALS -> call.isRefusal() || Boolean.TRUE.equals(verdicts.bad(CallVerdicts.REFUSALS));
            default -> {
                boolean isRisk = rule.line() == GateLine.RISK;
                boolean found =
                        call.risks().contains(rule.metric()) || verdicts.risks().contains(rule.metric());
                yield isRisk ? (Boolean) found : verdicts.bad(rule.metric());
            }
        };
    }

    private void addExceedances(ArmSums to, CallFacts call, boolean onlyCertain) {
        for (RuleSeries series : rules) {
            if (series.rule.kind() == MetricRule.Kind.QUANTILE) {
                Double threshold = profile.quantilesMillis().get(series.rule.metric());
                if (threshold != null) {
                    addLatency(to, series, threshold, call, onlyCertain);
                }
            }
        }
    }

    private static void addLatency(
            ArmSums to, RuleSeries series, double threshold, CallFacts call, boolean onlyCertain) {
        MetricRule rule = series.rule;
        boolean isFirstToken = rule.metric().equals("time_to_first_token");
        boolean hasToken = !Double.isNaN(call.firstTokenMillis());
        if (isFirstToken && !hasToken && !call.isStreaming()) {
            return;
        }
        double millis = isFirstToken && hasToken ? call.firstTokenMillis() : call.durationMillis();
        if (Double.isNaN(millis)) {
            return;
        }
        boolean isWhole = isFirstToken ? hasToken : call.status().equals(CallFacts.COMPLETED) && !call.isOpen();
        for (Severity severity : SEVERITIES) {
            Limit limit = rule.limit(severity);
            if (limit != null && limit.ratio() != null) {
                double line =
                        lineOf(call, threshold, limit.ratio(), rule.floor().toNanos() / 1e6);
                boolean exceeds = millis > line;
                if (exceeds || (isWhole && !onlyCertain)) {
                    to.unit(series.exceedances.of(severity), exceeds);
                }
            }
        }
        if (isWhole && !onlyCertain) {
            to.unit(series.bucket(millis), false);
        }
    }

    private static double lineOf(CallFacts call, double threshold, double ratio, double floor) {
        return call.arm().isCandidateVersion()
                ? ScaledExceedance.candidateThreshold(threshold, ratio, floor)
                : threshold;
    }

    private void addCost(ArmSums to, RuleSeries series, CallFacts call) {
        if (Double.isNaN(call.cost())) {
            return;
        }
        MetricRule rule = series.rule;
        CacheTerms terms = rule.isCacheStandardised() ? profile.cache() : CacheTerms.AS_BILLED;
        double cost = terms.standardised(call.cost(), call.tokensIn(), call.tokensCached(), call.tokensOut());
        to.value(rule.metric(), cost);
        List<Double> quantiles = profile.costQuantiles();
        for (Severity severity : SEVERITIES) {
            Limit limit = rule.limit(severity);
            for (int i = 0; limit != null && limit.ratio() != null && i < quantiles.size(); i++) {
                double line = lineOf(call, quantiles.get(i), limit.ratio(), 0);
                to.unit(series.costExceedances.get(i).of(severity), cost > line);
            }
        }
    }

    /** Counts a pair, where its shadow is old enough; the seen answer has its unit's vote and is old enough. */
    boolean addPair(JudgedCall seen, JudgedCall shadow) {
        if (!isMature(shadow.call())) {
            return false;
        }
        ArmSums candidate = sums(shadow.call());
        ArmSums baseline = sums(seen.call());
        for (RuleSeries series : rules) {
            MetricRule rule = series.rule;
            Boolean isWorse = rule.isPaired() ? isBad(rule, shadow.call(), shadow.verdicts()) : null;
            Boolean wasBad = rule.isPaired() ? isBad(rule, seen.call(), seen.verdicts()) : null;
            if (isWorse != null && wasBad != null) {
                candidate.unit(series.pairs, isWorse && !wasBad);
                baseline.unit(series.pairs, wasBad && !isWorse);
            }
        }
        candidate.unit(PAIRS, false);
        return true;
    }
}
