package dev.llmops.slo.openslo;

import dev.llmops.core.record.Decimals;
import dev.llmops.slo.MetricSource;
import dev.llmops.slo.internal.ConfigNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Translates an SLI into a ratio of two queries, in the module's own file format. */
final class OpenSloSource {

    private static final Set<String> QUERY_KEYS = Set.of("query", "promql");

    private final OpenSloImport owner;
    private final Map<String, ConfigNode> sliSpecs;
    private final Map<String, String> dataSourceTypes;

    OpenSloSource(OpenSloImport owner, Map<String, ConfigNode> sliSpecs, Map<String, String> dataSourceTypes) {
        this.owner = owner;
        this.sliSpecs = sliSpecs;
        this.dataSourceTypes = dataSourceTypes;
    }

    @Nullable
    Object read(ConfigNode spec, ConfigNode objective) {
        ConfigNode sli = spec.get("indicator").get("spec");
        if (spec.has("indicatorRef")) {
            ConfigNode referenced = sliSpecs.get(spec.get("indicatorRef").text());
            if (referenced == null) {
                owner.cannot(spec.get("indicatorRef"), "it names no SLI of these documents — add the SLI to them");
                return null;
            }
            sli = referenced;
        }
        ConfigNode method = spec.get("budgetingMethod");
        if (method.text().equals("RatioTimeslices")) {
            owner.cannot(method, "a mean of slice ratios has no events to count — use Occurrences or Timeslices");
            return null;
        }
        boolean slices = method.text().equals("Timeslices");
        if (sli.has("thresholdMetric")) {
            return gauge(sli.get("thresholdMetric"), objective, slices);
        }
        ConfigNode ratio = sli.get("ratioMetric");
        if (ratio.has("raw")) {
            owner.cannot(ratio.get("raw"), "a ready ratio cannot be weighted by volume — give good or bad, and total");
        }
        return ratio.has("total") ? ratio(ratio, objective, slices) : null;
    }

    private @Nullable Object gauge(ConfigNode metric, ConfigNode objective, boolean slices) {
        String query = query(metric);
        String operator = objective.get("op").text();
        String value = objective.get("value").text();
        if (operator.isEmpty() || value.isEmpty()) {
            owner.cannot(objective, "a thresholdMetric needs op and value, which are not both given");
            return null;
        }
        String slice = slices ? objective.get("timeSliceWindow").text() : Slices.MINUTE;
        if (slices && Decimals.parse(objective.get("timeSliceTarget").text()).compareTo(BigDecimal.ONE) != 0) {
            owner.leftOut(
                    objective.get("timeSliceTarget"),
                    "a gauge has one sample a slice here, which is good or bad as a whole");
        }
        return Map.of("badOverTotal", Slices.ofGauge(query, operator, value, slice));
    }

    private @Nullable Object ratio(ConfigNode ratio, ConfigNode objective, boolean slices) {
        boolean bad = ratio.has("bad");
        String events = bad ? "bad" : "good";
        String eventQuery = query(ratio.get(events));
        String totalQuery = query(ratio.get("total"));
        List<String> queries;
        try {
            queries = QueryRewrite.toAnyWindow(
                    List.of(eventQuery, totalQuery), ratio.get("counter").isTrue());
        } catch (IllegalArgumentException e) {
            ConfigNode at = ratio.get(eventQuery.contains(MetricSource.WINDOW) ? "total" : events);
            owner.cannot(at.get("metricSource").get("spec").get("query"), "it " + e.getMessage());
            return null;
        }
        if (slices) {
            BigDecimal target = Decimals.parse(objective.get("timeSliceTarget").text());
            String slice = objective.get("timeSliceWindow").text();
            return Map.of("badOverTotal", Slices.ofRatio(queries.get(0), queries.get(1), bad, target, slice));
        }
        return Map.of(bad ? "badOverTotal" : "goodOverTotal", Map.of(events, queries.get(0), "total", queries.get(1)));
    }

    private String query(ConfigNode metric) {
        ConfigNode source = metric.get("metricSource");
        String reference = source.get("metricSourceRef").text();
        String type = source.get("type").text();
        String effective = type.isEmpty() ? dataSourceTypes.getOrDefault(reference, "") : type;
        if (effective.isEmpty() && !reference.isEmpty()) {
            owner.leftOut(
                    source.get("metricSourceRef"),
                    "no DataSource " + reference + " is among these documents, so that it is taken for Prometheus");
        } else if (!effective.equalsIgnoreCase("Prometheus")) {
            owner.cannot(source.get("type"), "only Prometheus is read here, and this is '" + effective + "'");
        }
        ConfigNode spec = source.get("spec");
        spec.keys().stream()
                .filter(key -> !QUERY_KEYS.contains(key))
                .sorted()
                .forEach(key -> owner.leftOut(spec.get(key), "only a query is read here"));
        return (spec.has("promql") ? spec.get("promql") : spec.get("query")).text();
    }
}
