package dev.llmops.release;

import dev.llmops.release.evidence.MetricSums;
import dev.llmops.release.policy.Limit;
import dev.llmops.release.policy.MetricRule;
import dev.llmops.release.policy.MetricRule.Severity;
import dev.llmops.release.stats.Interval;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Puts the verdict on a metric into a sentence with all figures behind it. */
record LineReason(
        MetricRule rule,
        MetricSums candidate,
        MetricSums reference,
        Interval interval,
        OptionalDouble e,
        double limit) {

    String text(
            LineResult.Verdict verdict,
            Severity proved,
            double value,
            double control,
            String basis,
            boolean isJudgeTrusted) {
        String seen = seen(value, control) + basis;
        String counted = ", n " + candidate.n() + " against " + reference.n() + evidence();
        return switch (verdict) {
            case ROLL_BACK -> seen + " is more than " + limit(rule.rollBack()) + " allows" + counted;
            case PAUSE -> seen + " is more than " + limit(rule.pause()) + " allows" + counted;
            case PASS -> seen + " is provably within " + limit(rule.limit(proved)) + counted;
            case NO_DATA -> "nothing was counted; silence is no pass";
            case UNDECIDED ->
                seen
                        + counted
                        + (isJudgeTrusted
                                ? "; neither breach nor pass is proved"
                                : "; the judge has no certified calibration");
        };
    }

    private String evidence() {
        return e.isEmpty() ? "" : ", e " + Shown.evidence(e.getAsDouble()) + " of " + Shown.evidence(limit);
    }

    private String seen(double value, double control) {
        return switch (rule.kind()) {
            case RATE -> Shown.percent(value) + " against " + Shown.percent(control) + " bad";
            case QUANTILE ->
                "P" + Shown.number(rule.quantileRatio() * 100) + " " + Shown.number(value) + " ms against "
                        + Shown.number(control) + " ms (ratio " + Shown.number(value / control) + ", bootstrap "
                        + Shown.number(interval.lower()) + " to " + Shown.number(interval.upper()) + "), over the line "
                        + Shown.percent(candidate.badRatio()) + " against " + Shown.percent(reference.badRatio());
            case MEAN ->
                "mean " + Shown.number(value) + " against " + Shown.number(control)
                        + (rule.isCacheStandardised() ? " at equal cache hit ratios" : " as billed");
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
