package dev.llmops.report.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes a dashboard in Grafana's model: panels flow from left to right, the data source is a variable. */
final class GrafanaJson {

    /** The version of Grafana's dashboard model; later servers migrate it when it is imported. */
    static final int SCHEMA_VERSION = 39;

    static final int COLUMNS = 24;

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final Map<String, String> DATA_SOURCE = orderedMap("type", "prometheus", "uid", "${datasource}");

    private final List<Map<String, Object>> panels = new ArrayList<>();
    private int x;
    private int y;
    private int rowHeight;

    private GrafanaJson() {}

    static String write(Dashboard dashboard) {
        GrafanaJson json = new GrafanaJson();
        dashboard.panels().forEach(json::add);
        return MAPPER.writeValueAsString(json.document(dashboard)).replace("\r\n", "\n") + "\n";
    }

    private Map<String, Object> document(Dashboard dashboard) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("uid", "llmops-" + dashboard.name());
        document.put("title", dashboard.title());
        document.put("tags", List.of("llmops"));
        document.put("schemaVersion", SCHEMA_VERSION);
        document.put("version", 1);
        document.put("editable", true);
        document.put("graphTooltip", 1);
        document.put("timezone", "browser");
        document.put("refresh", "30s");
        document.put("time", orderedMap("from", "now-6h", "to", "now"));
        document.put("annotations", Map.of("list", List.of()));
        document.put("links", List.of(links()));
        document.put("templating", Map.of("list", variables(dashboard)));
        document.put("panels", panels);
        return document;
    }

    private static Map<String, Object> links() {
        Map<String, Object> link = new LinkedHashMap<>();
        link.put("title", "llmops");
        link.put("type", "dashboards");
        link.put("tags", List.of("llmops"));
        link.put("asDropdown", true);
        link.put("includeVars", true);
        link.put("keepTime", true);
        link.put("targetBlank", false);
        link.put("tooltip", "");
        link.put("icon", "external link");
        link.put("url", "");
        return link;
    }

    private static List<Map<String, Object>> variables(Dashboard dashboard) {
        Map<String, Object> dataSource = new LinkedHashMap<>();
        dataSource.put("name", "datasource");
        dataSource.put("label", "Data source");
        dataSource.put("type", "datasource");
        dataSource.put("query", "prometheus");
        if (dashboard.modelLabel().isEmpty()) {
            return List.of(dataSource);
        }
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("name", "model");
        model.put("label", "Model");
        model.put("type", "query");
        model.put("datasource", DATA_SOURCE);
        model.put("query", "label_values(" + dashboard.modelMetric() + ", " + dashboard.modelLabel() + ")");
        model.put("refresh", 2);
        model.put("multi", true);
        model.put("includeAll", true);
        model.put("allValue", ".*");
        model.put("current", orderedMap("text", "All", "value", "$__all"));
        return List.of(dataSource, model);
    }

    private void add(Panel panel) {
        if (x + panel.type().width > COLUMNS) {
            x = 0;
            y += rowHeight;
            rowHeight = 0;
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", panels.size() + 1);
        json.put("type", panel.type().grafanaName);
        json.put("title", panel.title());
        json.put("description", panel.description());
        json.put("datasource", DATA_SOURCE);
        json.put("gridPos", orderedMap("x", x, "y", y, "w", panel.type().width, "h", panel.type().height));
        json.put("fieldConfig", orderedMap("defaults", Map.of("unit", panel.unit()), "overrides", List.of()));
        json.put("options", options(panel.type()));
        json.put("targets", targets(panel));
        panels.add(json);
        x += panel.type().width;
        rowHeight = Math.max(rowHeight, panel.type().height);
    }

    private static Map<String, Object> options(Panel.Type type) {
        return switch (type) {
            case STAT ->
                orderedMap(
                        "reduceOptions", orderedMap("calcs", List.of("lastNotNull"), "fields", "", "values", false),
                        "graphMode", "area",
                        "colorMode", "value");
            case LINES ->
                orderedMap(
                        "legend", orderedMap("displayMode", "list", "placement", "bottom", "showLegend", true),
                        "tooltip", orderedMap("mode", "multi", "sort", "desc"));
        };
    }

    private static List<Map<String, Object>> targets(Panel panel) {
        List<Map<String, Object>> targets = new ArrayList<>();
        for (Panel.Query query : panel.queries()) {
            targets.add(orderedMap(
                    "refId", String.valueOf((char) ('A' + targets.size())),
                    "datasource", DATA_SOURCE,
                    "expr", query.expression(),
                    "legendFormat", query.legend()));
        }
        return targets;
    }

    @SuppressWarnings("unchecked")
    private static <V> Map<String, V> orderedMap(Object... keysAndValues) {
        Map<String, V> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], (V) keysAndValues[i + 1]);
        }
        return map;
    }
}
