package dev.llmops.slo.openslo;

import dev.llmops.core.record.Decimals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Sloth's {@code prometheus/v1} files and its Kubernetes resource, which spells the same keys in camel case. */
final class SlothImport {

    private SlothImport() {}

    static void convert(JsonNode document, OwnFormat own) {
        JsonNode spec = document.has("spec") ? document.path("spec") : document;
        String origin = "Sloth service " + spec.path("service").asString("without a name");
        if (document.has("spec")) {
            own.carriesOnly(origin, "metadata", document.path("metadata"), "name", "namespace");
        }
        own.carriesOnly(origin, "", spec, "version", "service", "labels", "slos");
        if (spec.path("slos").isEmpty()) {
            own.leftOut(origin + ": slos is empty — at least one — there is nothing to import");
        }
        for (JsonNode slo : spec.path("slos").values()) {
            slo(spec, slo, own);
        }
    }

    private static void slo(JsonNode spec, JsonNode slo, OwnFormat own) {
        String name = slo.path("name").asString("");
        String origin = "Sloth SLO " + name;
        JsonNode events = slo.path("sli").path("events");
        if (!events.isObject()) {
            String kind = slo.path("sli").properties().stream()
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse("nothing");
            own.leftOut(
                    origin + ": sli has " + kind
                            + " — only events of an error and a total query can be weighted by volume — the objective is left out");
            return;
        }
        Map<String, Object> objective = new LinkedHashMap<>();
        objective.put("name", OwnFormat.name(name));
        objective.put("service", spec.path("service").asString(""));
        objective.put("description", slo.path("description").asString(""));
        objective.put("indicator", Map.of("type", "reported"));
        objective.put("target", percent(slo.path("objective").asString("")));
        try {
            List<String> queries = QueryRewrite.toAnyWindow(
                    List.of(
                            either(events, "error_query", "errorQuery").asString(""),
                            either(events, "total_query", "totalQuery").asString("")),
                    false);
            objective.put("source", Map.of("badOverTotal", Map.of("bad", queries.get(0), "total", queries.get(1))));
        } catch (IllegalArgumentException e) {
            own.leftOut(origin + ": sli.events " + e.getMessage() + "; the objective is left out");
            return;
        }
        Map<String, String> labels = texts(spec.path("labels"));
        labels.putAll(texts(slo.path("labels")));
        objective.put("labels", labels);
        own.carriesOnly(origin, "", slo, "name", "objective", "description", "labels", "sli", "alerting");
        alerting(slo.path("alerting"), origin, objective, own);
        own.add(origin, objective);
    }

    private static void alerting(JsonNode alerting, String origin, Map<String, Object> objective, OwnFormat own) {
        objective.put("annotations", texts(alerting.path("annotations")));
        JsonNode page = either(alerting, "page_alert", "pageAlert");
        JsonNode ticket = either(alerting, "ticket_alert", "ticketAlert");
        own.carriesOnly(
                origin,
                "alerting",
                alerting,
                "labels",
                "annotations",
                "page_alert",
                "pageAlert",
                "ticket_alert",
                "ticketAlert");
        own.carriesOnly(origin, "alerting.page_alert", page, "disable");
        own.carriesOnly(origin, "alerting.ticket_alert", ticket, "disable");
        boolean noPage = page.path("disable").asBoolean(false);
        boolean noTicket = ticket.path("disable").asBoolean(false);
        if (noPage && noTicket) {
            objective.put("alerts", "none");
        } else if (noPage || noTicket) {
            own.leftOut(origin + ": alerting disables its " + (noPage ? "page" : "ticket")
                    + " alert — tiers are derived for both severities — state alerts.tiers to have one");
        }
        if (!alerting.path("labels").isEmpty()) {
            own.leftOut(
                    origin + ": alerting.labels are not carried over — alerts have severity and slo — route by these");
        }
    }

    static String percent(String text) {
        try {
            return Decimals.parse(text.replace("%", "").strip()).toPlainString() + "%";
        } catch (NumberFormatException e) {
            return text;
        }
    }

    static Map<String, String> texts(JsonNode map) {
        Map<String, String> texts = new LinkedHashMap<>();
        map.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString("")));
        return texts;
    }

    private static JsonNode either(JsonNode node, String snake, String camel) {
        return node.has(snake) ? node.path(snake) : node.path(camel);
    }
}
