package dev.llmops.slo.prometheus;

import dev.llmops.slo.Dimension;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.MetricSource;
import dev.llmops.slo.Objective;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The two queries that everything on Prometheus rests on: the rates of bad and of all events over a window. The rate of
 * bad events is 0, and not absent, wherever there is a rate of all events.
 *
 * @since 0.1.0
 */
public final class EventQueries {

    /** The counter of exact verdicts, as Prometheus names it: {@value}. */
    public static final String COUNTER = "llm_slo_events_total";

    private EventQueries() {}

    /**
     * The rate of all events of an objective.
     *
     * @param objective the objective
     * @param window the range, as PromQL writes it, such as {@code 5m}
     * @return a PromQL expression, per second, by the objective's groups
     */
    public static String total(Objective objective, String window) {
        MetricSource source = objective.source();
        if (source instanceof MetricSource.Queries queries) {
            return at(queries.total(), window);
        }
        if (source instanceof MetricSource.ClassicHistogram histogram) {
            return sum(objective) + "(rate(" + selector(histogram.metric() + "_count", histogram.matchers()) + "["
                    + window + "]))";
        }
        if (source instanceof MetricSource.NativeHistogram histogram) {
            return "histogram_count(" + merged(objective, histogram, window) + ")";
        }
        return sum(objective) + "(rate(" + selector(COUNTER, slo(objective.name())) + "[" + window + "]))";
    }

    /**
     * The rate of bad events of an objective.
     *
     * @param objective the objective
     * @param window the range, as PromQL writes it
     * @return a PromQL expression, per second, by the objective's groups
     */
    public static String bad(Objective objective, String window) {
        String total = total(objective, window);
        MetricSource source = objective.source();
        if (source instanceof MetricSource.Queries queries) {
            String events = "(" + at(queries.events(), window) + ") or 0 * (" + total + ")";
            return queries.bad() ? events : "clamp_min((" + total + ") - (" + events + "), 0)";
        }
        if (source instanceof MetricSource.ClassicHistogram histogram) {
            String matchers = join(histogram.matchers(), "le" + edge(histogram.threshold()));
            return "clamp_min(" + total + " - " + sum(objective) + "(rate("
                    + selector(histogram.metric() + "_bucket", matchers) + "[" + window + "])), 0)";
        }
        if (source instanceof MetricSource.NativeHistogram histogram) {
            String fraction = "histogram_fraction(0, " + plain(histogram.threshold()) + ", "
                    + merged(objective, histogram, window) + ")";
            return "(1 - " + fraction + ") * (" + total + " > 0) or 0 * " + total;
        }
        return sum(objective) + "(rate(" + selector(COUNTER, join(slo(objective.name()), "verdict=\"bad\"")) + "["
                + window + "])) or 0 * " + total;
    }

    /** The increase of an event rule's forbidden events. */
    static String broken(EventRule rule, String window) {
        return "sum(increase(" + selector(COUNTER, join(slo(rule.name()), "verdict=\"bad\"")) + "[" + window + "]))";
    }

    /** The series whose absence means that nobody measures any more. */
    static String presence(String slo) {
        return selector(COUNTER, slo(slo));
    }

    private static String merged(Objective objective, MetricSource.NativeHistogram histogram, String window) {
        return sum(objective) + "(rate(" + selector(histogram.metric(), histogram.matchers()) + "[" + window + "]))";
    }

    private static String sum(Objective objective) {
        List<Dimension> groupBy = objective.groupBy();
        return groupBy.isEmpty()
                ? "sum"
                : groupBy.stream().map(Dimension::label).collect(Collectors.joining(", ", "sum by (", ") "));
    }

    /** Prometheus 3 writes the edge 1 as 1.0, earlier ones as 1. */
    private static String edge(double threshold) {
        return threshold == Math.rint(threshold)
                ? "=~\"" + plain(threshold) + "(\\\\.0)?\""
                : "=\"" + plain(threshold) + "\"";
    }

    private static String plain(double number) {
        return Numbers.shortest(number);
    }

    private static String at(String query, String window) {
        return query.replace(MetricSource.WINDOW, window);
    }

    private static String selector(String metric, String matchers) {
        return metric + (matchers.isEmpty() ? "" : "{" + matchers + "}");
    }

    static String slo(String name) {
        return "slo=\"" + name + "\"";
    }

    private static String join(String matchers, String more) {
        return matchers.isEmpty() ? more : matchers + "," + more;
    }
}
