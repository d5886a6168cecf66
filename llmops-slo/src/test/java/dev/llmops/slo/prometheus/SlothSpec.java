package dev.llmops.slo.prometheus;

import dev.llmops.slo.AlertPolicy;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.MetricSource;
import dev.llmops.slo.Objective;
import dev.llmops.slo.ObjectiveBuilder;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.internal.Yaml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a Sloth specification says, as objectives and naming; enough of {@code prometheus/v1} and OpenSLO v1alpha. */
record SlothSpec(ObjectiveSet objectives, SlothNaming naming) {

    static SlothSpec read(String yaml, Map<String, String> extraLabels) {
        JsonNode spec = Yaml.readAll(yaml).get(0);
        return spec.has("version") ? prometheusV1(spec, extraLabels) : openSloV1Alpha(spec, extraLabels);
    }

    private static SlothSpec prometheusV1(JsonNode spec, Map<String, String> extraLabels) {
        List<Objective> objectives = new ArrayList<>();
        Map<String, Map<String, String>> severityLabels = new LinkedHashMap<>();
        JsonNode alerting = spec.get("slos").get(0).path("alerting");
        for (JsonNode slo : spec.get("slos").values()) {
            JsonNode events = slo.get("sli").get("events");
            ObjectiveBuilder builder = Objective.builder(slo.get("name").asString())
                    .service(spec.get("service").asString())
                    .description(slo.path("description").asString(""))
                    .indicator(Indicator.reported())
                    .target(slo.get("objective").decimalValue().movePointLeft(2))
                    .source(MetricSource.badOverTotal(
                            events.get("error_query").asString(),
                            events.get("total_query").asString()));
            texts(spec.path("labels")).forEach(builder::label);
            texts(slo.path("labels")).forEach(builder::label);
            texts(alerting.path("annotations")).forEach(builder::annotation);
            boolean silent = alerting.path("page_alert").path("disable").asBoolean(false)
                    && alerting.path("ticket_alert").path("disable").asBoolean(false);
            if (silent) {
                builder.alerts(AlertPolicy.NONE);
            }
            objectives.add(builder.build());
        }
        severityLabels.put("page", texts(alerting.path("page_alert").path("labels")));
        severityLabels.put("ticket", texts(alerting.path("ticket_alert").path("labels")));
        SlothNaming naming = new SlothNaming(
                "cli-gen-prom",
                "prometheus/v1",
                "dev",
                extraLabels,
                alerting.path("name").asString(""),
                texts(alerting.path("labels")),
                severityLabels);
        return new SlothSpec(new ObjectiveSet(objectives, List.of()), naming);
    }

    private static SlothSpec openSloV1Alpha(JsonNode document, Map<String, String> extraLabels) {
        JsonNode spec = document.get("spec");
        List<Objective> objectives = new ArrayList<>();
        for (JsonNode part : spec.get("objectives").values()) {
            JsonNode ratio = part.get("ratioMetrics");
            objectives.add(
                    Objective.builder(document.get("metadata").get("name").asString() + "-" + objectives.size())
                            .service(spec.get("service").asString())
                            .indicator(Indicator.reported())
                            .target(part.get("target").decimalValue())
                            .window(SloWindow.rolling(Duration.ofDays(
                                    spec.get("timeWindows").get(0).get("count").asInt())))
                            .alerts(AlertPolicy.NONE)
                            .source(MetricSource.goodOverTotal(
                                    ratio.get("good").get("query").asString(),
                                    ratio.get("total").get("query").asString()))
                            .build());
        }
        SlothNaming naming =
                new SlothNaming("cli-gen-openslo", "openslo/v1alpha", "dev", extraLabels, "", Map.of(), Map.of());
        return new SlothSpec(new ObjectiveSet(objectives, List.of()), naming);
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString()));
        return texts;
    }
}
