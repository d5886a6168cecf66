package dev.llmops.release;

import dev.llmops.release.arm.Exposure;
import dev.llmops.release.evidence.GateProfile;
import dev.llmops.release.internal.statistics.SampleSize;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.release.policy.Limit;
import dev.llmops.release.policy.MetricRule;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/** Estimates the units of both arms that the tests of one stage take, by the closed forms of {@link SampleSize}. */
final class PlanEstimate {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    /** A candidate at the roll-back limit of a metric that has none is taken to be twice as bad as it may be. */
    private static final double WORSE = 2;

    private final GatePolicy policy;
    private final GateProfile profile;
    private final double candidate;
    private final double reference;

    PlanEstimate(GatePolicy policy, GateProfile profile, Exposure exposure) {
        this.policy = policy;
        this.profile = profile;
        this.candidate = exposure.candidateRatio();
        this.reference = exposure.ratioOf(exposure.reference());
    }

    boolean isComparing() {
        return candidate > 0 && reference > 0;
    }

    /** The share of all units that is in either arm. */
    double comparedRatio() {
        return candidate + reference;
    }

    private double share() {
        return candidate / (candidate + reference);
    }

    /** Units until a candidate at the roll-back limit breaches the pause limit. */
    double unitsToDetect(MetricRule rule) {
        Limit tested = rule.pause() == null ? rule.rollBack() : rule.pause();
        Limit truth = rule.pause() == null ? null : rule.rollBack();
        List<Double> ways = new ArrayList<>();
        if (tested != null && tested.ratio() != null) {
            Double atLimit = truth == null ? null : truth.ratio();
            double trueRatio = atLimit == null ? tested.ratio() * WORSE : atLimit;
            ways.add(ratioUnits(rule, trueRatio, tested.ratio(), policy.testAlpha()));
        }
        if (tested != null && tested.pointsRatio() != null) {
            Double atLimit = truth == null ? null : truth.pointsRatio();
            double truePoints = atLimit == null ? tested.pointsRatio() * WORSE : atLimit;
            ways.add(pointsUnits(rule, truePoints - tested.pointsRatio(), policy.testAlpha()));
        }
        return ways.stream().mapToDouble(Double::doubleValue).min().orElse(Double.POSITIVE_INFINITY);
    }

    /** Units until a candidate that equals the baseline is provably within its limit. */
    double unitsToProve(MetricRule rule) {
        Limit limit = rule.pause() == null ? rule.rollBack() : rule.pause();
        List<Double> needed = new ArrayList<>();
        if (limit != null && limit.ratio() != null) {
            needed.add(ratioUnits(rule, 1, limit.ratio(), policy.alpha()));
        }
        if (limit != null && limit.pointsRatio() != null) {
            needed.add(pointsUnits(rule, limit.pointsRatio(), policy.alpha()));
        }
        return needed.stream().mapToDouble(Double::doubleValue).max().orElse(Double.POSITIVE_INFINITY);
    }

    private double ratioUnits(MetricRule rule, double trueRatio, double testedRatio, double alpha) {
        return switch (rule.kind()) {
            case RATE -> rateUnits(profile.rates().get(rule.metric()), trueRatio, testedRatio, alpha);
            case QUANTILE -> quantileUnits(rule, trueRatio / testedRatio, alpha);
            case MEAN ->
                SampleSize.values(
                        share(),
                        Math.abs(trueRatio - testedRatio) * profile.costMean(),
                        profile.costDeviation(),
                        alpha);
        };
    }

    private double rateUnits(GateProfile.@Nullable Rate rate, double trueRatio, double testedRatio, double alpha) {
        if (rate == null || rate.badRatio() <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        double eventsPerUnit = rate.badRatio() * rate.judgedRatio() * (share() * trueRatio + 1 - share());
        return SampleSize.events(share(), trueRatio, testedRatio, alpha) / eventsPerUnit;
    }

    /** Exceedances of a log-normal latency: the candidate's share over ρτ when its quantile is κρ times the baseline's. */
    private double quantileUnits(MetricRule rule, double excess, double alpha) {
        double rate = 1 - rule.quantileRatio();
        double edge = NORMAL.inverseSurvivalProbability(rate);
        double shifted = NORMAL.survivalProbability(edge - Math.log(excess) / profile.latencySigma());
        double theta = shifted / rate;
        return SampleSize.events(share(), theta, 1, alpha) / (rate * (share() * theta + 1 - share()));
    }

    private double pointsUnits(MetricRule rule, double gap, double alpha) {
        GateProfile.Rate rate = profile.rates().get(rule.metric());
        if (rate == null) {
            return Double.POSITIVE_INFINITY;
        }
        double deviation = Math.sqrt(rate.badRatio() * (1 - rate.badRatio()));
        return SampleSize.values(share(), gap, deviation, alpha) / rate.judgedRatio();
    }
}
