package dev.llmops.release;

import dev.llmops.release.internal.Series;
import dev.llmops.release.internal.statistics.EValues;
import dev.llmops.release.internal.statistics.EventSplit;
import dev.llmops.release.internal.statistics.MeanDifference;
import dev.llmops.release.internal.statistics.RateRatio;
import dev.llmops.release.policy.Limit;
import dev.llmops.release.policy.MetricRule;
import dev.llmops.release.policy.MetricRule.Severity;
import dev.llmops.release.stats.Interval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tests behind one metric: which evidence speaks for a breach, and which for a pass. */
final class LineTest {

    private static final int COST_QUANTILES = 3;

    private final MetricRule rule;
    private final ArmSplits splits;
    private final @Nullable JudgedRates judged;
    private final double testAlpha;
    private final double proofAlpha;
    /** The bad events of the metric, where it is a rate. */
    private final List<EventSplit> events;

    private final double pauseEvidence;
    private final double rollBackEvidence;

    LineTest(MetricRule rule, ArmSplits splits, @Nullable JudgedRates judged, double testAlpha, double proofAlpha) {
        this.rule = rule;
        this.splits = splits;
        this.judged = judged;
        this.testAlpha = testAlpha;
        this.proofAlpha = proofAlpha;
        this.events = rule.kind() == MetricRule.Kind.RATE ? splits.events(rule.metric()) : List.of();
        this.pauseEvidence = evidenceOfBreach(Severity.PAUSE);
        this.rollBackEvidence = evidenceOfBreach(Severity.ROLL_BACK);
    }

    String series(Severity severity) {
        return Series.exceedance(rule.metric(), severity);
    }

    /** The ratios of the rates that no test rejects. */
    Interval ratios() {
        return RateRatio.interval(events, testAlpha);
    }

    /** The e-value against the candidate, as a logarithm; minus infinity where the rule has no such test. */
    double logEvidence(Severity severity) {
        return severity == Severity.PAUSE ? pauseEvidence : rollBackEvidence;
    }

    private double evidenceOfBreach(Severity severity) {
        Limit limit = rule.limit(severity);
        if (limit == null || limit.ratio() == null || isByLabels()) {
            return Double.NEGATIVE_INFINITY;
        }
        return switch (rule.kind()) {
            case RATE -> RateRatio.logEvidenceOfExcess(events, limit.ratio());
            case QUANTILE -> RateRatio.logEvidenceOfExcess(splits.events(series(severity)), 1);
            case MEAN -> EValues.logMean(costEvidence(severity));
        };
    }

    private boolean isByLabels() {
        return judged != null && judged.isByLabels();
    }

    private double[] costEvidence(Severity severity) {
        double[] logs = new double[COST_QUANTILES];
        for (int i = 0; i < COST_QUANTILES; i++) {
            List<EventSplit> exceedances = splits.events(Series.exceedance(rule.metric(), i, severity));
            logs[i] = RateRatio.logEvidenceOfExcess(exceedances, 1);
        }
        return logs;
    }

    boolean isBreached(Severity severity) {
        Limit limit = rule.limit(severity);
        if (limit == null) {
            return false;
        }
        return (limit.ratio() != null && isRatioBreached(severity, limit.ratio()))
                || (limit.pointsRatio() != null && isPointsBreached(limit.pointsRatio()));
    }

    private boolean isRatioBreached(Severity severity, double ratio) {
        if (judged != null && judged.isByLabels()) {
            return judged.isOverRatio(ratio, testAlpha);
        }
        return logEvidence(severity) >= -Math.log(testAlpha)
                || (rule.kind() == MetricRule.Kind.MEAN
                        && MeanDifference.of(splits.values(rule.metric()), ratio)
                                        .interval(testAlpha)
                                        .lower()
                                > 0);
    }

    private boolean isPointsBreached(double pointsRatio) {
        if (judged != null) {
            return judged.isOverPoints(pointsRatio, testAlpha);
        }
        return MeanDifference.of(splits.rates(rule.metric()), 1)
                        .interval(testAlpha)
                        .lower()
                > pointsRatio;
    }

    /** Returns true if every part of the limit is provably kept. */
    boolean isProved(Severity severity) {
        Limit limit = rule.limit(severity);
        if (limit == null || (limit.ratio() == null && limit.pointsRatio() == null)) {
            return false;
        }
        return (limit.ratio() == null || isRatioProved(severity, limit.ratio()))
                && (limit.pointsRatio() == null || isPointsProved(limit.pointsRatio()));
    }

    private boolean isPointsProved(double pointsRatio) {
        if (judged != null) {
            return judged.isUnderPoints(pointsRatio, proofAlpha);
        }
        return MeanDifference.of(splits.rates(rule.metric()), 1)
                        .interval(proofAlpha)
                        .upper()
                < pointsRatio;
    }

    private boolean isRatioProved(Severity severity, double ratio) {
        if (judged != null) {
            return judged.isUnderRatio(ratio, proofAlpha);
        }
        double needed = -Math.log(proofAlpha);
        return switch (rule.kind()) {
            case RATE -> RateRatio.logEvidenceOfShortfall(events, ratio) >= needed;
            case QUANTILE -> RateRatio.logEvidenceOfShortfall(splits.events(series(severity)), 1) >= needed;
            case MEAN ->
                MeanDifference.of(splits.values(rule.metric()), ratio)
                                .interval(proofAlpha)
                                .upper()
                        < 0;
        };
    }
}
