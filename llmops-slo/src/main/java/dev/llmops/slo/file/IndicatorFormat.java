package dev.llmops.slo.file;

import dev.llmops.slo.Durations;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.internal.ConfigNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Indicators in files. */
final class IndicatorFormat {

    private static final String TYPES = "availability, latency, timeToFirstToken, timePerOutputToken, cost, score,"
            + " meanScore, feedback, goodput, reported";

    private IndicatorFormat() {}

    static @Nullable Indicator read(ConfigNode node) {
        String type = node.required("type", "availability");
        Indicator indicator = type == null ? null : read(node, type);
        if (type != null) {
            node.rejectUnknown();
        }
        return indicator;
    }

    private static @Nullable Indicator read(ConfigNode node, String type) {
        return switch (type) {
            case "availability" -> Indicator.availability();
            case "latency" -> latency(node, Indicator.Latency.Measure.DURATION);
            case "timeToFirstToken" -> latency(node, Indicator.Latency.Measure.TIME_TO_FIRST_TOKEN);
            case "timePerOutputToken" -> latency(node, Indicator.Latency.Measure.TIME_PER_OUTPUT_TOKEN);
            case "cost" -> cost(node);
            case "score" -> score(node);
            case "meanScore" ->
                node.as("evaluation", node.required("evaluation", "faithfulness"), Indicator::meanScore);
            case "feedback" -> Indicator.feedback();
            case "goodput" -> goodput(node);
            case "reported" -> Indicator.reported();
            default -> {
                node.report("type", "is '" + type + "' — one of " + TYPES);
                yield null;
            }
        };
    }

    private static @Nullable Indicator latency(ConfigNode node, Indicator.Latency.Measure measure) {
        Duration threshold = node.as("threshold", node.required("threshold", "500ms"), Durations::parse);
        return threshold == null ? null : new Indicator.Latency(measure, threshold);
    }

    private static @Nullable Indicator cost(ConfigNode node) {
        String currency = node.required("currency", "USD");
        BigDecimal limit = node.required("limit", "0.02") == null ? null : node.number("limit");
        if (currency == null || limit == null) {
            return null;
        }
        return node.as("limit", limit.toPlainString(), text -> Indicator.costPerCall(limit, currency));
    }

    private static @Nullable Indicator score(ConfigNode node) {
        String evaluation = node.required("evaluation", "faithfulness");
        BigDecimal minimum = node.required("minimum", "0.8") == null ? null : node.number("minimum");
        return evaluation == null || minimum == null ? null : Indicator.score(evaluation, minimum.doubleValue());
    }

    private static @Nullable Indicator goodput(ConfigNode node) {
        List<Indicator> parts = new ArrayList<>();
        List<ConfigNode> children = node.children("parts");
        for (ConfigNode child : children) {
            Indicator part = read(child);
            if (part != null) {
                parts.add(part);
            }
        }
        return parts.size() < children.size() ? null : node.as("parts", "", text -> new Indicator.Goodput(parts));
    }

    static Map<String, Object> write(Indicator indicator) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (indicator instanceof Indicator.Latency latency) {
            map.put(
                    "type",
                    switch (latency.measure()) {
                        case DURATION -> "latency";
                        case TIME_TO_FIRST_TOKEN -> "timeToFirstToken";
                        case TIME_PER_OUTPUT_TOKEN -> "timePerOutputToken";
                    });
            map.put("threshold", Durations.format(latency.threshold()));
        } else if (indicator instanceof Indicator.CostPerCall cost) {
            map.put("type", "cost");
            map.put("limit", cost.limit());
            map.put("currency", cost.currency());
        } else if (indicator instanceof Indicator.ScoreShare share) {
            map.put("type", "score");
            map.put("evaluation", share.evaluation());
            map.put("minimum", share.minimum());
        } else if (indicator instanceof Indicator.MeanScore mean) {
            map.put("type", "meanScore");
            map.put("evaluation", mean.evaluation());
        } else if (indicator instanceof Indicator.Goodput goodput) {
            map.put("type", "goodput");
            map.put(
                    "parts",
                    goodput.parts().stream().map(IndicatorFormat::write).toList());
        } else if (indicator instanceof Indicator.Availability) {
            map.put("type", "availability");
        } else if (indicator instanceof Indicator.Feedback) {
            map.put("type", "feedback");
        } else {
            map.put("type", "reported");
        }
        return map;
    }
}
