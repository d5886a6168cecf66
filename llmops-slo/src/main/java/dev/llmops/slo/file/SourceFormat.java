package dev.llmops.slo.file;

import dev.llmops.slo.MetricSource;
import dev.llmops.slo.internal.ConfigNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Metric sources in files. */
final class SourceFormat {

    private SourceFormat() {}

    static @Nullable MetricSource read(ConfigNode parent) {
        ConfigNode node = parent.child("source");
        if (node == null) {
            return null;
        }
        List<MetricSource> sources = new ArrayList<>();
        read(node, "badOverTotal", sources);
        read(node, "goodOverTotal", sources);
        read(node, "classicHistogram", sources);
        read(node, "nativeHistogram", sources);
        int given = node.keys().size();
        node.rejectUnknown();
        if (given != 1) {
            node.report(
                    "", "has " + given + " — one of badOverTotal, goodOverTotal, classicHistogram, nativeHistogram");
            return null;
        }
        return sources.isEmpty() ? null : sources.get(0);
    }

    private static void read(ConfigNode parent, String kind, List<MetricSource> sources) {
        ConfigNode node = parent.child(kind);
        if (node == null) {
            return;
        }
        MetricSource source =
                switch (kind) {
                    case "badOverTotal" -> queries(node, "bad");
                    case "goodOverTotal" -> queries(node, "good");
                    default -> histogram(node, kind.equals("classicHistogram"));
                };
        node.rejectUnknown();
        if (source != null) {
            sources.add(source);
        }
    }

    private static @Nullable MetricSource queries(ConfigNode node, String events) {
        String query = node.required(events, "sum(rate(x[" + MetricSource.WINDOW + "]))");
        String total = node.required("total", "sum(rate(y[" + MetricSource.WINDOW + "]))");
        return query == null || total == null ? null : new MetricSource.Queries(query, total, events.equals("bad"));
    }

    private static @Nullable MetricSource histogram(ConfigNode node, boolean classic) {
        String metric = node.required("metric", "http_request_duration_seconds");
        String matchers = node.text("matchers", "");
        BigDecimal threshold = node.required("threshold", "0.5") == null ? null : node.number("threshold");
        List<Double> edges = new ArrayList<>();
        if (classic) {
            for (String edge : node.texts("edges")) {
                Double value = node.as("edges", edge, SourceFormat::edge);
                if (value != null) {
                    edges.add(value);
                }
            }
        }
        if (metric == null || threshold == null) {
            return null;
        }
        double value = threshold.doubleValue();
        if (classic) {
            return node.as("", metric, name -> new MetricSource.ClassicHistogram(name, matchers, value, edges));
        }
        return node.as("", metric, name -> new MetricSource.NativeHistogram(name, matchers, value));
    }

    /** Prometheus writes the edge of its last bucket as {@code +Inf}. */
    private static double edge(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    static Map<String, Object> write(MetricSource source) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (source instanceof MetricSource.Queries queries) {
            map.put(queries.bad() ? "bad" : "good", queries.events());
            map.put("total", queries.total());
            return Map.of(queries.bad() ? "badOverTotal" : "goodOverTotal", map);
        }
        if (source instanceof MetricSource.ClassicHistogram histogram) {
            map.put("metric", histogram.metric());
            map.put("matchers", histogram.matchers());
            map.put("threshold", histogram.threshold());
            map.put("edges", histogram.edges());
            return Map.of("classicHistogram", map);
        }
        if (source instanceof MetricSource.NativeHistogram histogram) {
            map.put("metric", histogram.metric());
            map.put("matchers", histogram.matchers());
            map.put("threshold", histogram.threshold());
            return Map.of("nativeHistogram", map);
        }
        return Map.of();
    }
}
