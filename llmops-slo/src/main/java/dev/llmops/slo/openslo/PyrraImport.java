package dev.llmops.slo.openslo;

import dev.llmops.slo.Durations;
import dev.llmops.slo.MetricSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Pyrra's {@code ServiceLevelObjective}. */
final class PyrraImport {

    private static final List<String> KINDS = List.of("ratio", "latency", "latencyNative", "bool_gauge", "boolGauge");

    private static final Pattern EDGE = Pattern.compile("[{,]\\s*le\\s*=");

    private static final Pattern SELECTOR =
            Pattern.compile("\\s*([a-zA-Z_:][\\w:]*)\\s*(?:\\{(.*)})?\\s*", Pattern.DOTALL);
    private static final String OWN_LABELS = "pyrra.dev/";

    private PyrraImport() {}

    static void convert(JsonNode document, OwnFormat own) {
        JsonNode spec = document.path("spec");
        String name = document.path("metadata").path("name").asString("");
        String origin = "Pyrra SLO " + name;
        Map<String, Object> objective = new LinkedHashMap<>();
        objective.put("name", OwnFormat.name(name));
        objective.put("description", spec.path("description").asString(""));
        objective.put("indicator", Map.of("type", "reported"));
        objective.put("target", SlothImport.percent(spec.path("target").asString("")));
        objective.put("window", spec.path("window").asString(""));
        Map<String, String> labels = new LinkedHashMap<>();
        SlothImport.texts(document.path("metadata").path("labels")).forEach((key, value) -> {
            if (key.startsWith(OWN_LABELS)) {
                labels.put(OwnFormat.name(key.substring(OWN_LABELS.length())).replace('-', '_'), value);
            } else {
                own.leftOut(origin + ": metadata.labels." + key + " is not carried over — labels of " + OWN_LABELS
                        + " are — add it to the objective");
            }
        });
        objective.put("labels", labels);
        JsonNode alerting = spec.path("alerting");
        own.carriesOnly(origin, "metadata", document.path("metadata"), "name", "namespace", "labels");
        own.carriesOnly(origin, "spec", spec, "description", "target", "window", "alerting", "indicator");
        own.carriesOnly(origin, "spec.alerting", alerting, "disabled", "burnrates");
        if (alerting.path("disabled").asBoolean(false)
                || !alerting.path("burnrates").asBoolean(true)) {
            objective.put("alerts", "none");
        }
        JsonNode indicator = spec.path("indicator");
        own.carriesOnly(
                origin,
                "spec.indicator",
                indicator,
                KINDS.stream().filter(indicator::has).findFirst().orElse(""));
        try {
            objective.put("source", source(spec.path("indicator"), objective));
        } catch (IllegalArgumentException e) {
            own.leftOut(origin + ": spec.indicator " + e.getMessage() + " — the objective is left out");
            return;
        }
        own.add(origin, objective);
    }

    private static Map<String, Object> source(JsonNode indicator, Map<String, Object> objective) {
        if (indicator.has("ratio")) {
            JsonNode ratio = indicator.path("ratio");
            String sum = sum(ratio, objective);
            return Map.of(
                    "badOverTotal",
                    Map.of("bad", rate(sum, ratio.path("errors")), "total", rate(sum, ratio.path("total"))));
        }
        if (indicator.has("latency")) {
            JsonNode latency = indicator.path("latency");
            if (!EDGE.matcher(latency.path("success").path("metric").asString(""))
                    .find()) {
                throw new IllegalArgumentException(
                        "has a success metric without an edge — le=\"0.5\" or another names the bucket of good events");
            }
            String sum = sum(latency, objective);
            return Map.of(
                    "goodOverTotal",
                    Map.of("good", rate(sum, latency.path("success")), "total", rate(sum, latency.path("total"))));
        }
        if (indicator.has("latencyNative")) {
            JsonNode latency = indicator.path("latencyNative");
            sum(latency, objective);
            Matcher selector = selector(latency.path("total"));
            double seconds =
                    Durations.parse(latency.path("latency").asString("")).toMillis() / 1000.0;
            String matchers = selector.group(2) == null ? "" : selector.group(2);
            return Map.of(
                    "nativeHistogram", Map.of("metric", selector.group(1), "matchers", matchers, "threshold", seconds));
        }
        if (indicator.has("bool_gauge") || indicator.has("boolGauge")) {
            JsonNode gauge = indicator.has("bool_gauge") ? indicator.path("bool_gauge") : indicator.path("boolGauge");
            String sum = sum(gauge, objective);
            String range = selector(gauge).group().strip() + "[" + MetricSource.WINDOW + "]";
            return Map.of(
                    "goodOverTotal",
                    Map.of(
                            "good", sum + "(sum_over_time(" + range + ")) / " + MetricSource.SECONDS,
                            "total", sum + "(count_over_time(" + range + ")) / " + MetricSource.SECONDS));
        }
        throw new IllegalArgumentException("is of no known kind — known are ratio, latency, latencyNative, bool_gauge");
    }

    private static String sum(JsonNode indicator, Map<String, Object> objective) {
        List<String> grouping = new ArrayList<>();
        indicator.path("grouping").values().forEach(label -> grouping.add(label.asString("")));
        if (grouping.isEmpty()) {
            return "sum";
        }
        objective.put("groupBy", grouping);
        return "sum by (" + String.join(", ", grouping) + ") ";
    }

    private static String rate(String sum, JsonNode metric) {
        return QueryRewrite.withEdges(
                sum + "(rate(" + selector(metric).group().strip() + "[" + MetricSource.WINDOW + "]))");
    }

    private static Matcher selector(JsonNode metric) {
        String text = metric.path("metric").asString("");
        Matcher matcher = SELECTOR.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "has the metric '" + text + "' — a selector such as x_total{job=\"y\"} is" + " needed");
        }
        return matcher;
    }
}
