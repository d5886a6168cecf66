package dev.llmops.release;

import dev.llmops.release.evidence.Series;
import dev.llmops.release.policy.Limit;
import dev.llmops.release.policy.MetricRule;
import dev.llmops.release.policy.MetricRule.Severity;
import dev.llmops.release.stats.EventSplit;
import dev.llmops.release.stats.LogMeans;
import dev.llmops.release.stats.MeanDifference;
import dev.llmops.release.stats.OddsGrid;
import java.util.ArrayList;
import java.util.List;

/** The tests behind one metric: which evidence speaks for a breach, and which for a pass. */
final class LineTest {

    private static final int COST_QUANTILES = 3;

    private final MetricRule rule;
    private final ArmSplits splits;
    private final double testAlpha;
    private final double proofAlpha;

    LineTest(MetricRule rule, ArmSplits splits, double testAlpha, double proofAlpha) {
        this.rule = rule;
        this.splits = splits;
        this.testAlpha = testAlpha;
        this.proofAlpha = proofAlpha;
    }

    String series(Severity severity) {
        return Series.exceedance(rule.metric(), severity);
    }

    /** The e-value against the candidate, as a logarithm; minus infinity where the rule has no such test. */
    double logEvidence(Severity severity) {
        Limit limit = rule.limit(severity);
        if (limit == null || limit.ratio() == null) {
            return Double.NEGATIVE_INFINITY;
        }
        return switch (rule.kind()) {
            case RATE -> OddsGrid.logEvidenceOfExcess(splits.events(rule.metric()), limit.ratio());
            case QUANTILE -> OddsGrid.logEvidenceOfExcess(splits.events(series(severity)), 1);
            case MEAN -> LogMeans.ofExponentials(costEvidence(severity));
        };
    }

    private double[] costEvidence(Severity severity) {
        double[] logs = new double[COST_QUANTILES];
        for (int i = 0; i < COST_QUANTILES; i++) {
            List<EventSplit> events = splits.events(Series.exceedance(rule.metric(), i, severity));
            logs[i] = OddsGrid.logEvidenceOfExcess(events, 1);
        }
        return logs;
    }

    boolean isBreached(Severity severity) {
        Limit limit = rule.limit(severity);
        if (limit == null) {
            return false;
        }
        if (logEvidence(severity) >= -Math.log(testAlpha)) {
            return true;
        }
        if (rule.kind() == MetricRule.Kind.MEAN && limit.ratio() != null) {
            return MeanDifference.of(splits.values(rule.metric()), limit.ratio())
                            .interval(testAlpha)
                            .lower()
                    > 0;
        }
        return limit.pointsRatio() != null
                && MeanDifference.of(splits.rates(rule.metric()), 1)
                                .interval(testAlpha)
                                .lower()
                        > limit.pointsRatio();
    }

    /** Returns true if every part of the limit is provably kept. */
    boolean isProved(Severity severity) {
        Limit limit = rule.limit(severity);
        if (limit == null) {
            return false;
        }
        List<Boolean> parts = new ArrayList<>();
        if (limit.ratio() != null) {
            parts.add(isRatioProved(severity, limit.ratio()));
        }
        if (limit.pointsRatio() != null) {
            MeanDifference difference = MeanDifference.of(splits.rates(rule.metric()), 1);
            parts.add(difference.interval(proofAlpha).upper() < limit.pointsRatio());
        }
        return !parts.isEmpty() && !parts.contains(false);
    }

    private boolean isRatioProved(Severity severity, double ratio) {
        double needed = -Math.log(proofAlpha);
        return switch (rule.kind()) {
            case RATE -> OddsGrid.logEvidenceOfShortfall(splits.events(rule.metric()), ratio) >= needed;
            case QUANTILE -> OddsGrid.logEvidenceOfShortfall(splits.events(series(severity)), 1) >= needed;
            case MEAN ->
                MeanDifference.of(splits.values(rule.metric()), ratio)
                                .interval(proofAlpha)
                                .upper()
                        < 0;
        };
    }
}
