package dev.llmops.release.evidence;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.evidence.CountedSeries.Line;
import dev.llmops.release.evidence.CountedSeries.Metric;
import dev.llmops.release.evidence.ProfileMeasurement.JudgedCall;
import dev.llmops.release.internal.Series;
import dev.llmops.release.policy.GateLine;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.release.policy.MetricRule;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Adds calls up: the one place where a call becomes counts, for every source alike.
 *
 * <p>A unit has one vote in a stage, that of its first call. A call counts when it is older than the policy's age, ended or
 * not, so that a slow version cannot hide behind calls under way; an exceedance counts as soon as it is certain at the time of the
 * verdict. Risks that stop a release count at once and from every call.
 */
final class EvidenceFold {

    private static final int MIX_BUCKETS = 16;

    private final CountedSeries series;
    private final GateProfile profile;
    private final long matureBeforeMillis;
    private final long nowMillis;
    private final Map<String, Map<Arm, ArmSums>> byStage = new HashMap<>();
    private final Map<String, Long> notCounted = new TreeMap<>();

    EvidenceFold(GatePolicy policy, GateProfile profile, Instant now) {
        this(policy, profile, now.minus(policy.matureAfter()).toEpochMilli(), now.toEpochMilli());
    }

    private EvidenceFold(GatePolicy policy, GateProfile profile, long matureBeforeMillis, long nowMillis) {
        this.series = new CountedSeries(policy, profile);
        this.profile = profile;
        this.matureBeforeMillis = matureBeforeMillis;
        this.nowMillis = nowMillis;
    }

    /** A fold that counts calls of any age. */
    static EvidenceFold ofRetired(GatePolicy policy, GateProfile profile) {
        return new EvidenceFold(policy, profile, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Counts a call, and returns true if it may be half of a pair. */
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
        if (!isMature(call)) {
            leaveOut("younger than mature_after");
            if (call.startedAtMillis() <= nowMillis) {
                addLatencies(call, sums(call), true);
            }
            return false;
        }
        addMature(call, verdicts);
        return true;
    }

    boolean isMature(CallFacts call) {
        return call.startedAtMillis() <= matureBeforeMillis;
    }

    GateEvidence evidence(String changeId) {
        Map<GateEvidence.Key, MetricSums> sums = new TreeMap<>();
        byStage.forEach((stage, arms) -> arms.forEach((arm, ofArm) -> ofArm.copyTo(sums, stage, arm)));
        return GateEvidence.of(changeId, sums, notCounted);
    }

    void leaveOut(String reason) {
        notCounted.merge(reason, 1L, Long::sum);
    }

    private ArmSums sums(CallFacts call) {
        return byStage.computeIfAbsent(call.stage(), stage -> new EnumMap<>(Arm.class))
                .computeIfAbsent(call.arm(), arm -> new ArmSums(series));
    }

    private void addRisks(CallFacts call, CallVerdicts verdicts) {
        if (call.risks().isEmpty() && verdicts.risks().isEmpty()) {
            return;
        }
        Set<String> found = new TreeSet<>(call.risks());
        found.addAll(verdicts.risks());
        for (String type : found) {
            Integer place = series.risk(type);
            if (place != null) {
                sums(call).count(place, true);
            }
        }
    }

    private void addMature(CallFacts call, CallVerdicts verdicts) {
        ArmSums sums = sums(call);
        sums.count(CountedSeries.UNITS, false);
        sums.addToBucket(CountedSeries.FEATURES, Math.floorMod(call.feature().hashCode(), MIX_BUCKETS));
        sums.addToBucket(
                CountedSeries.OPERATIONS, Math.floorMod(call.operation().hashCode(), MIX_BUCKETS));
        sums.addToBucket(CountedSeries.INPUT_TOKENS, Long.SIZE - Long.numberOfLeadingZeros(call.tokensIn()));
        List<Metric> metrics = series.metrics();
        for (int i = 0; !call.isOpen() && i < metrics.size(); i++) {
            Metric metric = metrics.get(i);
            switch (metric.rule().kind()) {
                case RATE -> {
                    Boolean bad = isBad(metric.rule(), call, verdicts);
                    if (bad != null) {
                        sums.count(metric.place(), bad);
                    }
                    addJudges(metric.rule().metric(), sums, verdicts);
                }
                case MEAN -> addCost(metric, call, sums);
                case QUANTILE -> {}
            }
        }
        addLatencies(call, sums, false);
    }

    /** Counts what each automatic judge said, apart by what people said of the same answer: all that a correction needs. */
    private static void addJudges(String metric, ArmSums sums, CallVerdicts verdicts) {
        for (String judge : verdicts.judges(metric)) {
            Boolean label = verdicts.bad(metric, CallVerdicts.PEOPLE);
            Series.Label people = label == null ? Series.Label.NONE : label ? Series.Label.BAD : Series.Label.GOOD;
            sums.count(Series.judged(metric, judge, people), Boolean.TRUE.equals(verdicts.bad(metric, judge)));
        }
    }

    /** Says whether a call is bad by a rate; null where nothing was said of it. */
    static @Nullable Boolean isBad(MetricRule rule, CallFacts call, CallVerdicts verdicts) {
        return switch (rule.metric()) {
            case "errors" -> call.isFailure();
            case "timeouts" -> call.isTimeout();
            case CallVerdicts.REFUSALS -> call.isRefusal() || Boolean.TRUE.equals(verdicts.bad(CallVerdicts.REFUSALS));
            default ->
                rule.line() == GateLine.RISK
                        ? (Boolean) hasRisk(rule.metric(), call, verdicts)
                        : verdicts.bad(rule.metric());
        };
    }

    private static boolean hasRisk(String type, CallFacts call, CallVerdicts verdicts) {
        return call.risks().contains(type) || verdicts.risks().contains(type);
    }

    private void addLatencies(CallFacts call, ArmSums sums, boolean onlyCertain) {
        List<Metric> metrics = series.metrics();
        for (int i = 0; i < metrics.size(); i++) {
            if (metrics.get(i).rule().kind() == MetricRule.Kind.QUANTILE) {
                addLatency(metrics.get(i), call, sums, onlyCertain);
            }
        }
    }

    private void addLatency(Metric metric, CallFacts call, ArmSums sums, boolean onlyCertain) {
        boolean isFirstToken = metric.rule().metric().equals("time_to_first_token");
        boolean hasToken = !Double.isNaN(call.firstTokenMillis());
        if (isFirstToken && !hasToken && !call.isStreaming()) {
            return;
        }
        double measured = isFirstToken && hasToken ? call.firstTokenMillis() : call.durationMillis();
        if (Double.isNaN(measured)) {
            return;
        }
        // Who judges the past of a log knows no more than was known then.
        double millis = onlyCertain ? Math.min(measured, (double) (nowMillis - call.startedAtMillis())) : measured;
        boolean isWhole = isFirstToken ? hasToken : call.status().equals(CallFacts.COMPLETED) && !call.isOpen();
        for (int i = 0; i < metric.lines().size(); i++) {
            Line line = metric.lines().get(i);
            boolean exceeds = line.isExceeded(call, millis);
            if (exceeds || (isWhole && !onlyCertain)) {
                sums.count(line.place(), exceeds);
            }
        }
        if (isWhole && !onlyCertain && Double.isFinite(millis)) {
            sums.addToBucket(metric.histogram(), Series.bucket(millis));
        }
    }

    private void addCost(Metric metric, CallFacts call, ArmSums sums) {
        if (Double.isNaN(call.cost())) {
            return;
        }
        CacheTerms terms = metric.rule().isCacheStandardised() ? profile.cache() : CacheTerms.AS_BILLED;
        double cost = terms.standardised(call.cost(), call.tokensIn(), call.tokensCached(), call.tokensOut());
        sums.addValue(metric.place(), cost);
        for (int i = 0; i < metric.lines().size(); i++) {
            Line line = metric.lines().get(i);
            sums.count(line.place(), line.isExceeded(call, cost));
        }
    }

    /** Counts a pair, where its shadow is old enough; the seen answer has its unit's vote and is old enough. */
    boolean addPair(JudgedCall seen, JudgedCall shadow) {
        if (!isMature(shadow.call())) {
            return false;
        }
        ArmSums candidate = sums(shadow.call());
        ArmSums baseline = sums(seen.call());
        for (Metric metric : series.metrics()) {
            MetricRule rule = metric.rule();
            Boolean isWorse = rule.isPaired() ? isBad(rule, shadow.call(), shadow.verdicts()) : null;
            Boolean wasBad = rule.isPaired() ? isBad(rule, seen.call(), seen.verdicts()) : null;
            if (isWorse != null && wasBad != null) {
                candidate.count(metric.pairs(), isWorse && !wasBad);
                baseline.count(metric.pairs(), wasBad && !isWorse);
            }
        }
        candidate.count(CountedSeries.PAIRS, false);
        return true;
    }
}
