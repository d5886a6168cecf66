package dev.llmops.samples.gateway.views;

import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.TierVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Statuses as {@code GET /slo} answers them; what was not measured is null. */
public final class SloJson {

    private SloJson() {}

    public static ObjectNode of(List<SloStatus> statuses) {
        ObjectNode answer = JsonMapper.shared().createObjectNode();
        ArrayNode objectives = answer.putArray("objectives");
        statuses.forEach(status -> write(status, objectives.addObject()));
        return answer;
    }

    private static void write(SloStatus status, ObjectNode json) {
        json.put("name", status.objective().name());
        status.group().forEach((dimension, value) -> json.withObject("group").put(dimension.label(), value));
        json.put("indicator", status.objective().indicator().describe())
                .put("target", status.objective().target())
                .put("window", status.objective().window().toString())
                .put("status", status.state().name())
                .put("coverage", status.coverage());
        json.put("events", status.counts().total());
        put(json, "error_ratio", status.errorRatio());
        put(json, "budget_remaining", status.budgetRemaining());
        ObjectNode burnRates = json.putObject("burn_rates");
        status.burnRates().forEach(burn -> put(burnRates, format(burn.window()), burn.burnRate()));
        ArrayNode alerts = json.putArray("alerts");
        status.tiers().forEach(tier -> write(tier, alerts.addObject()));
        json.put("reason", status.reason());
    }

    private static void write(TierVerdict verdict, ObjectNode json) {
        json.put("severity", verdict.tier().severity())
                .put(
                        "windows",
                        format(verdict.tier().longWindow()) + "/"
                                + format(verdict.tier().shortWindow()))
                .put("state", verdict.state().name().toLowerCase(Locale.ROOT))
                .put("reason", verdict.reason());
    }

    private static void put(ObjectNode json, String field, OptionalDouble figure) {
        if (figure.isPresent()) {
            json.put(field, figure.getAsDouble());
        } else {
            json.putNull(field);
        }
    }

    /** A window as Prometheus writes it. */
    static String format(Duration window) {
        long minutes = window.toMinutes();
        return minutes % 60 == 0 ? minutes / 60 + "h" : minutes + "m";
    }
}
