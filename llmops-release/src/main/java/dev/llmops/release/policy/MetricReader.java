package dev.llmops.release.policy;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the rule of one metric. */
final class MetricReader {

    private static final double DEFAULT_QUANTILE = .95;
    private static final double LARGEST_RATIO = 1_000;

    private MetricReader() {}

    static MetricRule rate(GateLine line, String metric, PolicyNode node) {
        Limit pause = rateLimit(node, "pause");
        Limit rollBack = rateLimit(node, "roll_back");
        boolean cardRequired = false;
        if (node.has("judge")) {
            PolicyNode judge = node.child("judge");
            cardRequired = judge.choice("card", "required-for-proof", List.of("required-for-proof", "off"))
                    .equals("required-for-proof");
            judge.rejectUnknown();
        }
        int minBad = (int) node.count("min_bad", 1);
        checked(node, pause, rollBack);
        return new MetricRule(
                line,
                metric,
                MetricRule.Kind.RATE,
                pause,
                rollBack,
                0,
                Duration.ZERO,
                Math.max(1, minBad),
                cardRequired,
                false);
    }

    static MetricRule quantile(String metric, PolicyNode node) {
        double quantile = node.number("quantile", DEFAULT_QUANTILE, 0, 1);
        Duration floor = node.duration("floor", Duration.ZERO);
        int minBad = (int) node.count("min_bad", 1);
        Limit pause = factor(node, "pause");
        Limit rollBack = factor(node, "roll_back");
        checked(node, pause, rollBack);
        return new MetricRule(
                GateLine.LATENCY,
                metric,
                MetricRule.Kind.QUANTILE,
                pause,
                rollBack,
                quantile,
                floor,
                Math.max(1, minBad),
                false,
                false);
    }

    static MetricRule mean(String metric, PolicyNode node) {
        boolean standardised = node.choice("cache", "standardised", List.of("standardised", "as-billed"))
                .equals("standardised");
        Limit pause = factor(node, "pause");
        Limit rollBack = factor(node, "roll_back");
        checked(node, pause, rollBack);
        return new MetricRule(
                GateLine.COST, metric, MetricRule.Kind.MEAN, pause, rollBack, 0, Duration.ZERO, 1, false, standardised);
    }

    private static void checked(PolicyNode node, @Nullable Limit pause, @Nullable Limit rollBack) {
        if (pause == null && rollBack == null) {
            node.problem(
                    "pause", "and roll_back are both missing; a metric without a limit is not judged, so remove it");
        } else if (pause != null && rollBack != null && !pause.isTighterThan(rollBack)) {
            node.problem(
                    "pause",
                    "is over roll_back (" + shown(pause) + " over " + shown(rollBack)
                            + ") — at most roll_back — a release is paused before it is rolled back");
        }
        node.rejectUnknown();
    }

    private static String shown(Limit limit) {
        return (limit.pointsRatio() == null ? "" : "+" + limit.pointsRatio() * 100 + " points ")
                + (limit.ratio() == null ? "" : "×" + limit.ratio());
    }

    private static @Nullable Limit factor(PolicyNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null) {
            return null;
        }
        double ratio = value.isObject() ? ofMapping(node.child(key)) : node.number(key, 0, 1, LARGEST_RATIO);
        return ratio == 0 ? null : new Limit(null, ratio);
    }

    private static double ofMapping(PolicyNode child) {
        double ratio = child.number("ratio", 0, 1, LARGEST_RATIO);
        child.rejectUnknown();
        return ratio;
    }

    private static @Nullable Limit rateLimit(PolicyNode node, String key) {
        if (!node.has(key)) {
            return null;
        }
        PolicyNode limit = node.child(key);
        String ratioKey = limit.has("or_ratio") ? "or_ratio" : "ratio";
        double points = limit.number("points", 0, 0, 100);
        double ratio = limit.number(ratioKey, 0, 1, LARGEST_RATIO);
        limit.has("ratio");
        limit.rejectUnknown();
        if (points == 0 && ratio == 0) {
            limit.problem("points", "and ratio are both missing; write {points: 3, or_ratio: 1.3}");
        }
        return new Limit(points == 0 ? null : points / 100, ratio == 0 ? null : ratio);
    }
}
