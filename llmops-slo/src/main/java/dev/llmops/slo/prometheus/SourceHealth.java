package dev.llmops.slo.prometheus;

import dev.llmops.slo.Dimension;
import dev.llmops.slo.MetricSource;
import dev.llmops.slo.Objective;
import dev.llmops.slo.Replicas;
import dev.llmops.slo.internal.Percent;
import dev.llmops.slo.prometheus.internal.EventQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The state of the series behind an objective: instances and groups that are gone, groups whose first events cannot be
 * seen, bad events that have no series, edges that a histogram lacks.
 */
final class SourceHealth {

    /** The past in which instances and groups are looked for; those gone for longer are taken for retired. */
    static final Duration PAST = Duration.ofHours(1);

    private static final String NOW = "instances:now";
    private static final String BEFORE = "instances:before";
    private static final String GONE = "gone";
    private static final String BORN = "born";
    private static final String EVENTS = "events";

    private final Objective objective;
    private final QueryAnswer answer;
    private final List<String> common = new ArrayList<>();

    private SourceHealth(Objective objective, QueryAnswer answer) {
        this.objective = objective;
        this.answer = answer;
        common.addAll(answer.notes("the health of the series"));
    }

    static SourceHealth read(Objective objective, QueryClient client, String period, Instant at) {
        SourceHealth health = new SourceHealth(objective, query(objective, client, period, at));
        if (objective.source() instanceof MetricSource.Queries queries
                && queries.bad()
                && health.answer.problem().isEmpty()
                && health.answer.samples().isEmpty()) {
            health.common.add(
                    "the bad query has no series in the whole window; if it is not meant to be empty, check its"
                            + " metric and labels, since everything reads as good without it");
        }
        return health;
    }

    private static QueryAnswer query(Objective objective, QueryClient client, String period, Instant at) {
        if (objective.source() instanceof MetricSource.Queries queries && queries.bad()) {
            return client.query(PrometheusReader.part(EventQueries.own(queries, period), EVENTS), at);
        }
        if (!(objective.source() instanceof MetricSource.SloCounters)) {
            return new QueryAnswer(List.of(), List.of(), "");
        }
        String instances = EventQueries.instances(objective.name());
        List<String> parts = new ArrayList<>();
        parts.add(PrometheusReader.part(instances, NOW));
        parts.add(PrometheusReader.part(EventQueries.usually("(" + instances + ")", ":1m"), BEFORE));
        if (!objective.groupBy().isEmpty()) {
            parts.add(PrometheusReader.part(EventQueries.goneGroups(objective, PAST), GONE));
        }
        parts.add(PrometheusReader.part(EventQueries.bornUnseen(objective, PAST), BORN));
        return client.query(String.join("\nor ", parts), at);
    }

    Replicas replicas() {
        int now = count(NOW);
        int before = Math.max(now, count(BEFORE));
        return before == 0 ? Replicas.UNKNOWN : new Replicas(now, before);
    }

    private int count(String part) {
        return (int) answer.samples().stream()
                .filter(sample -> PrometheusReader.partOf(sample.labels()).equals(part))
                .mapToDouble(QueryAnswer.Sample::value)
                .findFirst()
                .orElse(0);
    }

    List<String> notes(Map<Dimension, String> group) {
        List<String> notes = new ArrayList<>(common);
        if (answer.value(objective, group, GONE).isPresent()) {
            notes.add(
                    "the counters of this group are gone: its instances stopped, lost the group, or were restarted and have"
                            + " not seen it since");
        }
        double unseen = Math.rint(answer.value(objective, group, BORN).orElse(0));
        if (unseen >= 1) {
            notes.add("its counters began above zero, so that " + Percent.count(unseen)
                    + " of its first events are unknown to Prometheus");
        }
        return notes;
    }

    /** The remedy for events without a verdict, which a histogram lacks when the threshold is no edge of it. */
    static String edges(Objective objective, QueryClient client, Instant at) {
        if (!(objective.source() instanceof MetricSource.ClassicHistogram histogram)) {
            return "";
        }
        String edges = client.query(EventQueries.edges(histogram), at).samples().stream()
                .map(sample -> sample.labels().getOrDefault("le", ""))
                .filter(edge -> !edge.isEmpty())
                .sorted(Comparator.comparing(SourceHealth::number))
                .collect(Collectors.joining(", "));
        return "; the threshold " + Percent.plain(histogram.threshold()) + " is no edge of " + histogram.metric()
                + ", which has " + (edges.isEmpty() ? "no buckets" : edges);
    }

    private static double number(String edge) {
        try {
            return edge.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(edge);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
