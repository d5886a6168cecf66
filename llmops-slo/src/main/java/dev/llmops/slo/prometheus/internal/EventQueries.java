package dev.llmops.slo.prometheus.internal;

import dev.llmops.slo.Dimension;
import dev.llmops.slo.Durations;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.MetricSource;
import dev.llmops.slo.Objective;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The queries that everything on Prometheus rests on: the rates of bad and of all events over a window. The rate of bad
 * events is 0, and not absent, where there is a rate of all events and a verdict on them.
 */
public final class EventQueries {

    /** The counter of exact verdicts, as Prometheus names it: {@value}. */
    public static final String COUNTER = "llm_slo_events_total";

    private EventQueries() {}

    /** Returns the rate of all events of an objective, per second, by its groups. */
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

    /** Returns the rate of bad events of an objective, per second, by its groups; never negative. */
    public static String bad(Objective objective, String window) {
        String signed = signedBad(objective, window);
        return isDifference(objective) ? "clamp_min(" + signed + ", 0)" : signed;
    }

    /** Returns the rate of bad events as the series have it: negative where there are more good events than events. */
    public static String signedBad(Objective objective, String window) {
        String total = total(objective, window);
        MetricSource source = objective.source();
        if (source instanceof MetricSource.Queries queries) {
            String events = "(" + at(queries.events(), window) + ") or 0 * (" + total + ")";
            return queries.bad() ? events : "(" + total + ") - (" + events + ")";
        }
        if (source instanceof MetricSource.ClassicHistogram histogram) {
            return total + " - " + underThreshold(objective, histogram, window);
        }
        if (source instanceof MetricSource.NativeHistogram histogram) {
            String fraction = "histogram_fraction(0, " + plain(histogram.threshold()) + ", "
                    + merged(objective, histogram, window) + ")";
            return "(1 - " + fraction + ") * (" + total + " > 0) or 0 * " + total;
        }
        return sum(objective) + "(rate(" + selector(COUNTER, join(slo(objective.name()), "verdict=\"bad\"")) + "["
                + window + "])) or 0 * " + total;
    }

    /** Returns true if bad events are what good ones leave of all, so that a wrong series can make them negative. */
    public static boolean isDifference(Objective objective) {
        return objective.source() instanceof MetricSource.ClassicHistogram
                || (objective.source() instanceof MetricSource.Queries queries && !queries.bad());
    }

    private static String underThreshold(Objective objective, MetricSource.ClassicHistogram histogram, String window) {
        String matchers = join(histogram.matchers(), BucketEdge.matcher(histogram.threshold()));
        return sum(objective) + "(rate(" + selector(histogram.metric() + "_bucket", matchers) + "[" + window + "]))";
    }

    /** Returns the query of good or bad events as it stands, without a fallback to zero. */
    public static String own(MetricSource.Queries queries, String window) {
        return at(queries.events(), window);
    }

    /** Returns the edges that a classic histogram has, one series each. */
    public static String edges(MetricSource.ClassicHistogram histogram) {
        return "group by (le) (" + selector(histogram.metric() + "_bucket", histogram.matchers()) + ")";
    }

    /** Returns the increase of an event rule's forbidden events. */
    public static String broken(EventRule rule, String window) {
        return "sum(increase(" + selector(COUNTER, join(slo(rule.name()), "verdict=\"bad\"")) + "[" + window + "]))";
    }

    /** Returns the series whose absence means that nothing is measured any more. */
    public static String presence(String slo) {
        return selector(COUNTER, slo(slo));
    }

    /** Returns the number of instances whose counters are there. */
    public static String instances(String slo) {
        return "count(group by (job, instance) (" + presence(slo) + "))";
    }

    /**
     * Returns the usual number of instances: the median of the last two hours of a number of them. The instances that a
     * deployment starts before it stops others raise it as little as those that are gone lower it within the first hour.
     */
    public static String usually(String instances, String step) {
        return "quantile_over_time(0.5, " + instances + "[2h" + step + "])";
    }

    /** Returns the groups of an objective whose counters were there within a past, and are gone. */
    public static String goneGroups(Objective objective, Duration past) {
        String by = group(objective);
        return by + "(present_over_time(" + presence(objective.name()) + "[" + Durations.format(past) + "])) unless "
                + by + "(" + presence(objective.name()) + ")";
    }

    /** Returns the number of events within a past, by group. */
    public static String eventsWithin(Objective objective, Duration past) {
        return sum(objective) + "(increase(" + presence(objective.name()) + "[" + Durations.format(past) + "]))";
    }

    /** Returns the instances whose counters were there within a past, and are gone. */
    public static String goneInstances(Objective objective, Duration past) {
        String by = "group by (job, instance) ";
        return by + "(present_over_time(" + presence(objective.name()) + "[" + Durations.format(past) + "])) unless "
                + by + "(" + presence(objective.name()) + ")";
    }

    /**
     * Returns the events of groups that appeared within a past and that {@code rate} cannot see, since the group's
     * counters were above zero at their first sample.
     */
    public static String bornUnseen(Objective objective, Duration past) {
        String range = Durations.format(past);
        String now = sum(objective) + "(" + presence(objective.name()) + ")";
        String before = sum(objective) + "(" + presence(objective.name()) + " offset " + range + ")";
        return "(" + now + " unless " + before + ") - " + sum(objective) + "(increase(" + presence(objective.name())
                + "[" + range + "]) or 0 * " + presence(objective.name()) + ")";
    }

    private static String merged(Objective objective, MetricSource.NativeHistogram histogram, String window) {
        return sum(objective) + "(rate(" + selector(histogram.metric(), histogram.matchers()) + "[" + window + "]))";
    }

    private static String sum(Objective objective) {
        return aggregated("sum", objective);
    }

    private static String group(Objective objective) {
        return aggregated("group", objective);
    }

    private static String aggregated(String operator, Objective objective) {
        List<Dimension> groupBy = objective.groupBy();
        return groupBy.isEmpty()
                ? operator
                : groupBy.stream().map(Dimension::label).collect(Collectors.joining(", ", operator + " by (", ") "));
    }

    private static String plain(double number) {
        return Numbers.shortest(number);
    }

    private static String at(String query, String window) {
        return query.replace(MetricSource.WINDOW, window)
                .replace(
                        MetricSource.SECONDS,
                        Long.toString(Durations.parse(window).toSeconds()));
    }

    private static String selector(String metric, String matchers) {
        return metric + (matchers.isEmpty() ? "" : "{" + matchers + "}");
    }

    /** Returns the matcher of an objective's or event rule's name. */
    public static String slo(String name) {
        return "slo=\"" + name + "\"";
    }

    private static String join(String matchers, String more) {
        return matchers.isEmpty() ? more : matchers + "," + more;
    }
}
