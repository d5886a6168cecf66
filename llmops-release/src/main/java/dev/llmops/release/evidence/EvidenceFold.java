package dev.llmops.release.evidence;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.internal.Series;
import dev.llmops.release.internal.statistics.ScaledExceedance;
import dev.llmops.release.policy.GateLine;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.release.policy.Limit;
import dev.llmops.release.policy.MetricRule;
import dev.llmops.release.policy.MetricRule.Severity;
import java.time.Instant;
import java.util.LinkedHashMap;
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
 * not, so that a slow version cannot hide behind calls under way; an exceedance counts as soon as it is certain. Risks that
 * stop a release count at once and from every call.
 */
final class EvidenceFold {

    private static final int MIX_BUCKETS = 16;
    private static final int MAX_RETIRED_SIDES = 1_000;
    private static final String SHADOW = "/shadow";
    private static final String PAIR_GIVEN_UP = "shadow whose other half did not come close enough to it";

    private final GatePolicy policy;
    private final GateProfile profile;
    private final long matureBeforeMillis;
    private final Map<GateEvidence.Key, MetricSums> sums = new TreeMap<>();
    private final Map<String, Long> notCounted = new TreeMap<>();
    private final Map<String, PairSide> sides = new LinkedHashMap<>();
    private final int maxSides;
    private final Runnable pairGivenUp;

    /** Holds one answer of a pair. */
    private static final class PairSide {
        private final CallFacts call;
        private final CallVerdicts verdicts;
        private boolean isCounted;

        PairSide(CallFacts call, CallVerdicts verdicts) {
            this.call = call;
            this.verdicts = verdicts;
        }

        boolean isShadow() {
            return call.arm() == Arm.SHADOW;
        }
    }

    EvidenceFold(GatePolicy policy, GateProfile profile, Instant now) {
        this(policy, profile, now.minus(policy.matureAfter()).toEpochMilli(), Integer.MAX_VALUE, () -> {});
    }

    private EvidenceFold(
            GatePolicy policy, GateProfile profile, long matureBeforeMillis, int maxSides, Runnable pairGivenUp) {
        this.policy = policy;
        this.profile = profile;
        this.matureBeforeMillis = matureBeforeMillis;
        this.maxSides = maxSides;
        this.pairGivenUp = pairGivenUp;
    }

    /**
     * A fold that calls are added to one by one for as long as a release lasts; the halves of pairs come close together.
     *
     * @param pairGivenUp runs for each pair whose halves were too far apart
     */
    static EvidenceFold ofRetired(GatePolicy policy, GateProfile profile, Runnable pairGivenUp) {
        return new EvidenceFold(policy, profile, Long.MAX_VALUE, MAX_RETIRED_SIDES, pairGivenUp);
    }

    void add(CallFacts call, CallVerdicts verdicts, boolean hasVote) {
        addRisks(call, verdicts);
        String exclusion = call.exclusion();
        if (exclusion != null) {
            leaveOut(exclusion);
        } else if (call.arm() == Arm.SHADOW) {
            addPair(String.valueOf(call.pair()), new PairSide(call, verdicts));
        } else if (!hasVote) {
            leaveOut("not the first call of its unit");
        } else if (isMature(call)) {
            addMature(call, verdicts);
            addPair(call.callId(), new PairSide(call, verdicts));
        } else {
            leaveOut("younger than mature_after");
            addExceedances(call, true);
        }
    }

    boolean isMature(CallFacts call) {
        return call.startedAtMillis() <= matureBeforeMillis;
    }

    GateEvidence evidence(String changeId) {
        return GateEvidence.of(changeId, sums, notCounted);
    }

    void leaveOut(String reason) {
        notCounted.merge(reason, 1L, Long::sum);
    }

    private void count(CallFacts call, String series, MetricSums more) {
        sums.merge(new GateEvidence.Key(call.stage(), series, call.arm()), more, MetricSums::plus);
    }

    private void addRisks(CallFacts call, CallVerdicts verdicts) {
        Set<String> found = new TreeSet<>(call.risks());
        found.addAll(verdicts.risks());
        for (String type : found) {
            if (policy.stopOn().contains(type)) {
                count(call, Series.risk(type), MetricSums.ofUnit(true));
            }
        }
    }

    private void addMature(CallFacts call, CallVerdicts verdicts) {
        count(call, Series.UNITS, MetricSums.ofUnit(false));
        count(
                call,
                Series.mix("feature", Math.floorMod(call.feature().hashCode(), MIX_BUCKETS)),
                MetricSums.ofUnit(false));
        count(
                call,
                Series.mix("operation", Math.floorMod(call.operation().hashCode(), MIX_BUCKETS)),
                MetricSums.ofUnit(false));
        count(
                call,
                Series.mix("input_tokens", 64 - Long.numberOfLeadingZeros(call.tokensIn())),
                MetricSums.ofUnit(false));
        for (MetricRule rule : call.isOpen() ? List.<MetricRule>of() : policy.metrics()) {
            switch (rule.kind()) {
                case RATE -> {
                    Boolean bad = isBad(rule, call, verdicts);
                    if (bad != null) {
                        count(call, rule.metric(), MetricSums.ofUnit(bad));
                    }
                    addJudges(rule, call, verdicts);
                }
                case MEAN -> addCost(rule, call);
                case QUANTILE -> {}
            }
        }
        addExceedances(call, false);
    }

    /** Counts what each automatic judge said, apart by what people said of the same answer: all that a correction needs. */
    private void addJudges(MetricRule rule, CallFacts call, CallVerdicts verdicts) {
        for (String judge : verdicts.judges(rule.metric())) {
            Boolean label = verdicts.bad(rule.metric(), CallVerdicts.PEOPLE);
            Series.Label people = label == null ? Series.Label.NONE : label ? Series.Label.BAD : Series.Label.GOOD;
            boolean flagged = Boolean.TRUE.equals(verdicts.bad(rule.metric(), judge));
            count(call, Series.judged(rule.metric(), judge, people), MetricSums.ofUnit(flagged));
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

    private void addExceedances(CallFacts call, boolean onlyCertain) {
        for (MetricRule rule : policy.metrics()) {
            Double threshold = profile.quantilesMillis().get(rule.metric());
            if (rule.kind() == MetricRule.Kind.QUANTILE && threshold != null) {
                addLatency(rule, threshold, call, onlyCertain);
            }
        }
    }

    private void addLatency(MetricRule rule, double threshold, CallFacts call, boolean onlyCertain) {
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
        for (Severity severity : Severity.values()) {
            Limit limit = rule.limit(severity);
            if (limit != null && limit.ratio() != null) {
                double line =
                        lineOf(call, threshold, limit.ratio(), rule.floor().toNanos() / 1e6);
                boolean exceeds = millis > line;
                if (exceeds || (isWhole && !onlyCertain)) {
                    count(call, Series.exceedance(rule.metric(), severity), MetricSums.ofUnit(exceeds));
                }
            }
        }
        if (isWhole && !onlyCertain) {
            count(call, Series.bucket(rule.metric(), millis), MetricSums.ofUnit(false));
        }
    }

    private static double lineOf(CallFacts call, double threshold, double ratio, double floor) {
        return call.arm().isCandidateVersion()
                ? ScaledExceedance.candidateThreshold(threshold, ratio, floor)
                : threshold;
    }

    private void addCost(MetricRule rule, CallFacts call) {
        if (Double.isNaN(call.cost())) {
            return;
        }
        CacheTerms terms = rule.isCacheStandardised() ? profile.cache() : CacheTerms.AS_BILLED;
        double cost = terms.standardised(call.cost(), call.tokensIn(), call.tokensCached(), call.tokensOut());
        count(call, rule.metric(), MetricSums.ofValue(cost));
        for (Severity severity : Severity.values()) {
            Limit limit = rule.limit(severity);
            for (int i = 0;
                    limit != null
                            && limit.ratio() != null
                            && i < profile.costQuantiles().size();
                    i++) {
                double line = lineOf(call, profile.costQuantiles().get(i), limit.ratio(), 0);
                count(call, Series.exceedance(rule.metric(), i, severity), MetricSums.ofUnit(cost > line));
            }
        }
    }

    /** Keeps one answer of a pair, and counts the pair once the other has come. */
    private void addPair(String id, PairSide side) {
        sides.put(side.isShadow() ? id + SHADOW : id, side);
        if (sides.size() > maxSides) {
            giveUpEldest();
        }
        PairSide shadow = sides.get(id + SHADOW);
        PairSide seen = sides.get(id);
        if (shadow == null || seen == null || !isMature(shadow.call)) {
            return;
        }
        shadow.isCounted = true;
        for (MetricRule rule : policy.metrics()) {
            Boolean candidate = rule.isPaired() ? isBad(rule, shadow.call, shadow.verdicts) : null;
            Boolean baseline = rule.isPaired() ? isBad(rule, seen.call, seen.verdicts) : null;
            if (candidate != null && baseline != null) {
                String series = Series.pairs(rule.metric());
                count(shadow.call, series, MetricSums.ofUnit(candidate && !baseline));
                count(seen.call, series, MetricSums.ofUnit(baseline && !candidate));
            }
        }
        count(shadow.call, Series.pairs(Series.UNITS), MetricSums.ofUnit(false));
    }

    /** Most of what users saw has no shadow, so a lost pair is known by its shadow alone. */
    private void giveUpEldest() {
        PairSide eldest = sides.remove(sides.keySet().iterator().next());
        if (eldest.isShadow() && !eldest.isCounted) {
            leaveOut(PAIR_GIVEN_UP);
            pairGivenUp.run();
        }
    }
}
