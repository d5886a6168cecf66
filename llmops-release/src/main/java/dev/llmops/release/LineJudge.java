package dev.llmops.release;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.evidence.GateEvidence;
import dev.llmops.release.evidence.MetricSums;
import dev.llmops.release.evidence.Series;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.release.policy.Limit;
import dev.llmops.release.policy.MetricRule;
import dev.llmops.release.policy.MetricRule.Severity;
import dev.llmops.release.stats.EventSplit;
import dev.llmops.release.stats.Interval;
import dev.llmops.release.stats.JudgeCalibration;
import dev.llmops.release.stats.MeanDifference;
import dev.llmops.release.stats.OddsGrid;
import dev.llmops.release.stats.PairedShadow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges one metric. A breach takes the level α ÷ K of one among K tests; a proof takes α, since a release is promoted only if
 * every metric is proved, and a false promotion needs a false proof of the very metric that is bad.
 */
final class LineJudge {

    private final MetricRule rule;
    private final GateEvidence evidence;
    private final ArmSplits splits;
    private final LineTest test;
    private final double testAlpha;
    private final double logLimit;
    private final @Nullable JudgeCalibration judge;

    LineJudge(
            GatePolicy policy,
            MetricRule rule,
            GateEvidence evidence,
            ArmSplits splits,
            @Nullable JudgeCalibration judge) {
        this.rule = rule;
        this.evidence = evidence;
        this.splits = splits;
        this.testAlpha = policy.testAlpha();
        this.logLimit = -Math.log(testAlpha);
        this.test = new LineTest(rule, splits, testAlpha, policy.alpha());
        this.judge = judge;
    }

    LineResult result() {
        String series = rule.kind() == MetricRule.Kind.QUANTILE ? test.series(tightest()) : rule.metric();
        MetricSums candidate = splits.candidate(series);
        MetricSums reference = splits.reference(series);
        double pairs = pairEvidence();
        double logE = Math.max(pairs, Math.max(test.logEvidence(Severity.PAUSE), test.logEvidence(Severity.ROLL_BACK)));
        LineVerdict verdict = verdict(candidate, pairs);
        double value = value(candidate, Arm.CANDIDATE);
        double control = value(reference, splits.referenceArm());
        double ratio = control == 0 ? Double.NaN : value / control;
        return new LineResult(
                rule.line(),
                rule.metric(),
                value,
                control,
                ratio,
                interval(series, reference),
                candidate.n(),
                candidate.bad(),
                Double.isInfinite(logE) ? 0 : Math.exp(logE),
                1 / testAlpha,
                verdict,
                reason(verdict, value, control, candidate, reference, logE));
    }

    private Severity tightest() {
        return rule.pause() != null ? Severity.PAUSE : Severity.ROLL_BACK;
    }

    private LineVerdict verdict(MetricSums candidate, double pairs) {
        if (candidate.bad() >= rule.minBad() || rule.kind() == MetricRule.Kind.MEAN) {
            if (test.isBreached(Severity.ROLL_BACK)) {
                return LineVerdict.ROLL_BACK;
            }
        }
        if (test.isBreached(Severity.PAUSE) || pairs >= logLimit) {
            return LineVerdict.PAUSE;
        }
        if (candidate.n() == 0) {
            return LineVerdict.NO_DATA;
        }
        return isJudgeTrusted() && test.isProved(tightest()) ? LineVerdict.PASS : LineVerdict.UNDECIDED;
    }

    private boolean isJudgeTrusted() {
        return !rule.isCardRequired() || (judge != null && judge.isCertified());
    }

    /** The evidence of shadow pairs; nothing for metrics that have none. */
    private double pairEvidence() {
        if (!rule.isPaired()) {
            return Double.NEGATIVE_INFINITY;
        }
        long worse = 0;
        long better = 0;
        String series = Series.pairs(rule.metric());
        for (String stage : evidence.stages()) {
            worse += evidence.sums(stage, series, Arm.SHADOW).bad();
            for (Arm seen : List.of(Arm.BASELINE, Arm.CONTROL, Arm.HOLDBACK)) {
                better += evidence.sums(stage, series, seen).bad();
            }
        }
        return worse + better == 0 ? Double.NEGATIVE_INFINITY : PairedShadow.logEvidenceOfExcess(worse, better);
    }

    private double value(MetricSums sums, Arm arm) {
        return switch (rule.kind()) {
            case RATE -> sums.badRatio();
            case MEAN -> sums.n() == 0 ? Double.NaN : sums.moments().mean();
            case QUANTILE ->
                evidence.quantileMillis(rule.metric(), arm, rule.quantileRatio())
                        .orElse(Double.NaN);
        };
    }

    private Interval interval(String series, MetricSums reference) {
        if (rule.kind() == MetricRule.Kind.MEAN) {
            double mean = reference.moments().mean();
            Interval difference = MeanDifference.of(splits.values(series), 1).interval(testAlpha);
            return mean == 0
                    ? new Interval(0, Double.POSITIVE_INFINITY)
                    : new Interval(Math.max(0, 1 + difference.lower() / mean), 1 + difference.upper() / mean);
        }
        List<EventSplit> events = splits.events(series);
        return OddsGrid.ratioInterval(events, testAlpha);
    }

    private String reason(
            LineVerdict verdict,
            double value,
            double control,
            MetricSums candidate,
            MetricSums reference,
            double logE) {
        String seen = rule.kind() == MetricRule.Kind.RATE
                ? Shown.percent(value) + " against " + Shown.percent(control) + " bad"
                : rule.kind() == MetricRule.Kind.QUANTILE
                        ? "P" + Shown.number(rule.quantileRatio() * 100) + " " + Shown.number(value) + " ms against "
                                + Shown.number(control) + " ms, over the line " + Shown.percent(candidate.badRatio())
                                + " against "
                                + Shown.percent(reference.badRatio())
                        : "mean " + Shown.number(value) + " against " + Shown.number(control)
                                + (rule.isCacheStandardised() ? " at equal cache hit ratios" : " as billed");
        String counted = ", n " + candidate.n() + " against " + reference.n() + ", e "
                + Shown.number(Math.exp(Math.max(logE, -50))) + " of " + Shown.number(1 / testAlpha);
        return switch (verdict) {
            case ROLL_BACK -> seen + " is more than " + limit(rule.rollBack()) + " allows" + counted;
            case PAUSE -> seen + " is more than " + limit(rule.pause()) + " allows" + counted;
            case PASS -> seen + " is provably within " + limit(rule.limit(tightest())) + counted;
            case NO_DATA -> "nothing was counted; silence is no pass";
            case UNDECIDED ->
                seen
                        + counted
                        + (isJudgeTrusted()
                                ? "; neither breach nor pass is proved"
                                : "; the judge has no certified calibration");
        };
    }

    private static String limit(@Nullable Limit limit) {
        if (limit == null) {
            return "an equal rate in shadow pairs";
        }
        String points = limit.pointsRatio() == null ? "" : "+" + Shown.number(limit.pointsRatio() * 100) + " points";
        String ratio = limit.ratio() == null ? "" : "×" + Shown.number(limit.ratio());
        return points + (points.isEmpty() || ratio.isEmpty() ? "" : " or ") + ratio;
    }
}
