package dev.llmops.release;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.evidence.MetricSums;
import dev.llmops.release.internal.statistics.MeanDifference;
import dev.llmops.release.policy.MetricRule;
import dev.llmops.release.policy.MetricRule.Severity;
import dev.llmops.release.stats.Interval;
import dev.llmops.release.stats.JudgeCalibration;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Judges one metric. A breach takes the level α ÷ K of one among K tests; a proof takes α, since a release is promoted only if
 * every metric is proved, and a false promotion needs a false proof of the very metric that is bad.
 */
final class LineJudge {

    /** The level of each side of the interval of a ratio of quantiles, which decides nothing. */
    private static final double SHOWN_ALPHA = .025;
    /** More evidence than a double holds, which ends near e to the 709, is still a number for those who read it. */
    private static final double MOST_LOG_E = 700;

    private final MetricRule rule;
    private final ArmSplits splits;
    private final LineTest test;
    private final double testAlpha;
    private final double logLimit;
    private final @Nullable JudgeCalibration judge;
    private final @Nullable JudgedRates judged;

    LineJudge(
            MetricRule rule, double testAlpha, double proofAlpha, ArmSplits splits, @Nullable JudgeCalibration judge) {
        this.rule = rule;
        this.splits = splits;
        this.testAlpha = testAlpha;
        this.logLimit = -Math.log(testAlpha);
        this.judge = judge;
        this.judged = rule.kind() == MetricRule.Kind.RATE ? JudgedRates.of(splits, rule.metric(), judge) : null;
        this.test = new LineTest(rule, splits, judged, testAlpha, proofAlpha);
    }

    LineResult result() {
        String series = rule.kind() == MetricRule.Kind.QUANTILE ? test.series(tightest()) : rule.metric();
        MetricSums candidate = splits.candidate(series);
        MetricSums reference = splits.reference(series);
        double pairs = rule.isPaired() ? splits.pairEvidence(rule.metric()) : Double.NEGATIVE_INFINITY;
        double logE = Math.max(pairs, Math.max(test.logEvidence(Severity.PAUSE), test.logEvidence(Severity.ROLL_BACK)));
        LineResult.Verdict verdict = verdict(candidate, pairs);
        double value = judged == null ? value(candidate, Arm.CANDIDATE) : judged.candidate();
        double control = judged == null ? value(reference, splits.referenceArm()) : judged.reference();
        Interval interval = interval(series, reference, control);
        OptionalDouble e = logE == Double.NEGATIVE_INFINITY
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.exp(Math.min(logE, MOST_LOG_E)));
        LineReason reason = new LineReason(rule, candidate, reference, interval, e, 1 / testAlpha);
        return new LineResult(
                rule.line(),
                rule.metric(),
                value,
                control,
                control == 0 ? Double.NaN : value / control,
                interval,
                candidate.n(),
                candidate.bad(),
                e.orElse(0),
                1 / testAlpha,
                verdict,
                reason.text(verdict, tightest(), value, control, basis(), isJudgeTrusted()));
    }

    private Severity tightest() {
        return rule.pause() != null ? Severity.PAUSE : Severity.ROLL_BACK;
    }

    private LineResult.Verdict verdict(MetricSums candidate, double pairs) {
        if (candidate.bad() >= rule.minBad() || rule.kind() == MetricRule.Kind.MEAN) {
            if (test.isBreached(Severity.ROLL_BACK)) {
                return LineResult.Verdict.ROLL_BACK;
            }
        }
        if (test.isBreached(Severity.PAUSE) || pairs >= logLimit) {
            return LineResult.Verdict.PAUSE;
        }
        if (candidate.n() == 0) {
            return LineResult.Verdict.NO_DATA;
        }
        return isJudgeTrusted() && test.isProved(tightest()) ? LineResult.Verdict.PASS : LineResult.Verdict.UNDECIDED;
    }

    private boolean isJudgeTrusted() {
        if (!rule.isCardRequired()) {
            return true;
        }
        // A card says nothing about the scores of another judge, or of another version of this one.
        return judged != null && judge != null && (judged.isByLabels() || judge.isCertified());
    }

    /** Says whether the rates are corrected, where a judge may decide them. */
    private String basis() {
        if (judged != null) {
            return judged.remark();
        }
        boolean isJudged = rule.kind() == MetricRule.Kind.RATE && (rule.isCardRequired() || judge != null);
        return isJudged ? ", as judged, not corrected" : "";
    }

    private double value(MetricSums sums, Arm arm) {
        return switch (rule.kind()) {
            case RATE -> sums.badRatio();
            case MEAN -> sums.mean();
            case QUANTILE ->
                splits.histogram(rule.metric(), arm)
                        .quantileMillis(rule.quantileRatio())
                        .orElse(Double.NaN);
        };
    }

    private Interval interval(String series, MetricSums reference, double control) {
        return switch (rule.kind()) {
            case RATE ->
                judged != null && judged.isByLabels()
                        ? relative(judged.pointsInterval(testAlpha), control)
                        : test.ratios();
            case MEAN -> relative(MeanDifference.of(splits.values(series), 1).interval(testAlpha), reference.mean());
            case QUANTILE ->
                splits.histogram(rule.metric(), Arm.CANDIDATE)
                        .ratioInterval(
                                splits.histogram(rule.metric(), splits.referenceArm()),
                                rule.quantileRatio(),
                                SHOWN_ALPHA);
        };
    }

    /** The ratios that an interval of differences stands for. */
    private static Interval relative(Interval difference, double base) {
        return base > 0
                ? new Interval(Math.max(0, 1 + difference.lower() / base), 1 + difference.upper() / base)
                : new Interval(0, Double.POSITIVE_INFINITY);
    }
}
