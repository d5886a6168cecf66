package dev.llmops.slo.prometheus;

import dev.llmops.slo.Dimension;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Objective;
import dev.llmops.slo.internal.TimeSpans;
import dev.llmops.slo.internal.TimeSpans.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The events that Prometheus counted in excluded time, to be taken away from windows that it lies in: each excluded part of
 * a window is asked for at its own end. Ends of parts are as exact as ranges are, up to a scrape interval.
 */
final class ExcludedCounts {

    static final String BAD = "bad:part";
    static final String TOTAL = "total:part";

    private final Objective objective;
    private final TimeSpans spans;
    private final QueryClient client;
    private final Instant at;
    private final boolean isCoverageRecorded;
    private final Map<Span, QueryAnswer> counts = new HashMap<>();
    private final Map<Span, QueryAnswer> measured = new HashMap<>();

    ExcludedCounts(
            Objective objective,
            List<Exclusion> exclusions,
            QueryClient client,
            Instant at,
            boolean isCoverageRecorded) {
        this.objective = objective;
        this.client = client;
        this.at = at;
        this.isCoverageRecorded = isCoverageRecorded;
        spans = TimeSpans.of(exclusions, Exclusion::from, Exclusion::to);
    }

    Instant at() {
        return at;
    }

    /** Returns a count of a window without what lies in excluded time; never negative because of it. */
    OptionalDouble without(OptionalDouble count, String part, Map<Dimension, String> group, Duration window) {
        List<Span> excluded = within(window);
        if (count.isEmpty() || excluded.isEmpty()) {
            return count;
        }
        double sum = excluded.stream()
                .map(span -> counts.computeIfAbsent(span, this::queryCounts))
                .mapToDouble(answer -> answer.value(objective, group, part).orElse(0))
                .sum();
        return OptionalDouble.of(Math.max(Math.min(0, count.getAsDouble()), count.getAsDouble() - sum));
    }

    /** Returns the measured share of the minutes of a period that are not excluded. */
    double coverage(double measuredMinutes, Map<Dimension, String> group, Duration period) {
        List<Span> excluded = within(period);
        double inside = excluded.stream()
                .map(span -> measured.computeIfAbsent(span, this::queryMeasured))
                .mapToDouble(answer -> answer.first(objective, group).orElse(0))
                .sum();
        long minutes = PrometheusReader.samples(period)
                - excluded.stream().mapToLong(span -> span.length().toMinutes()).sum();
        return minutes <= 0 ? 0 : Math.max(0, Math.min(1, (measuredMinutes - inside) / minutes));
    }

    Set<String> notes() {
        Set<String> notes = new LinkedHashSet<>();
        counts.values().forEach(answer -> notes.addAll(answer.notes("the excluded time")));
        measured.values().forEach(answer -> notes.addAll(answer.notes("the coverage of the excluded time")));
        return notes;
    }

    private List<Span> within(Duration window) {
        return spans.within(at.minus(window).getEpochSecond(), at.getEpochSecond());
    }

    private QueryAnswer queryCounts(Span span) {
        return client.query(PrometheusReader.countQuery(objective, span.length(), "part"), span.end());
    }

    private QueryAnswer queryMeasured(Span span) {
        String share = isCoverageRecorded
                ? PrometheusReader.recordedCoverage(objective, span.length())
                : PrometheusReader.computedCoverage(objective, span.length());
        return client.query("(" + share + ") * " + PrometheusReader.samples(span.length()), span.end());
    }
}
