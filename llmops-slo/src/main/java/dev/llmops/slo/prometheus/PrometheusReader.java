package dev.llmops.slo.prometheus;

import dev.llmops.slo.Counts;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Durations;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Measurement;
import dev.llmops.slo.Objective;
import dev.llmops.slo.backtest.EventHistory;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.prometheus.internal.EventQueries;
import dev.llmops.slo.status.CompositeStatus;
import dev.llmops.slo.status.EventRuleStatus;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.Status;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads statuses of a whole fleet from Prometheus, judged exactly as the engine judges its own counts.
 *
 * <pre>{@code
 * PrometheusReader reader = PrometheusReader.builder(URI.create("http://prometheus:9090"))
 *         .bearerToken(() -> readToken())
 *         .build();
 * reader.read(objectives, Instant.now()).forEach(System.out::println);
 * }</pre>
 *
 * <p>Trouble with the server is no exception: a status that could not be read is {@code INSUFFICIENT_DATA}, and its
 * notes say why; an answer that the server calls partial is judged, and noted. Safe for use by many threads.
 *
 * <p>Counters grow when a verdict arrives, so windows here end at the instant asked for, and the evaluation delay of an
 * objective is not waited for a second time.
 *
 * @since 0.1.0
 */
public final class PrometheusReader {

    /** Tells the parts of one answer apart. */
    private static final String PART = "llmops_part";

    private static final Duration MEASURED_STEP = Duration.ofMinutes(1);
    private static final String MEASURED_RANGE = "5m";

    private final QueryClient client;

    PrometheusReader(QueryClient client) {
        this.client = client;
    }

    /**
     * Starts a reader.
     *
     * @param server the server's base address, without {@code /api/v1}
     * @return a builder
     */
    public static PrometheusReaderBuilder builder(URI server) {
        return new PrometheusReaderBuilder(server);
    }

    /**
     * Judges objectives.
     *
     * @param set the objectives; event rules have a method of their own
     * @param at the instant that windows end at
     * @return statuses in the order of the objectives, one for each group that Prometheus knows
     */
    public List<SloStatus> read(ObjectiveSet set, Instant at) {
        return set.objectives().stream()
                .flatMap(objective -> read(objective, Exclusion.of(set.exclusions(), objective.name()), at).stream())
                .toList();
    }

    /**
     * Judges composites.
     *
     * @param set the composites, with their objectives and exclusions
     * @param at the instant that windows end at
     * @return statuses in the order of the composites
     */
    public List<CompositeStatus> readComposites(ObjectiveSet set, Instant at) {
        return readComposites(set, read(set, at), at);
    }

    private List<CompositeStatus> readComposites(ObjectiveSet set, List<SloStatus> statuses, Instant at) {
        return set.composites().stream()
                .map(composite -> CompositeReader.read(composite, statuses, set.exclusions(), client, at))
                .toList();
    }

    /**
     * Judges everything: objectives, composites and event rules, for {@code StatusJson}.
     *
     * @param set the set
     * @param at the instant that windows end at
     * @return all statuses
     */
    public List<Status> readAll(ObjectiveSet set, Instant at) {
        List<SloStatus> statuses = read(set, at);
        List<Status> all = new ArrayList<>(statuses);
        all.addAll(readComposites(set, statuses, at));
        all.addAll(readEventRules(set, at));
        return List.copyOf(all);
    }

    /**
     * Judges one objective.
     *
     * @param objective the objective
     * @param at the instant that windows end at
     * @return its statuses, one for each group that Prometheus knows, and one without a group if it knows none
     */
    public List<SloStatus> read(Objective objective, Instant at) {
        return read(objective, List.of(), at);
    }

    private List<SloStatus> read(Objective objective, List<Exclusion> exclusions, Instant at) {
        Duration period = sinceStart(objective, at);
        QueryAnswer windows = client.query(windowQuery(objective), at);
        QueryAnswer periods = client.query(countQuery(objective, period, "period"), at);
        QueryAnswer coverage = client.query(recordedCoverage(objective, period), at);
        boolean isRecorded =
                !coverage.samples().isEmpty() || !coverage.problem().isEmpty();
        if (!isRecorded) {
            coverage = client.query(computedCoverage(objective, period), at);
        }
        List<Exclusion> within = exclusions.stream()
                .filter(exclusion -> exclusion.overlaps(at.minus(period), at))
                .toList();
        ExcludedCounts excluded = new ExcludedCounts(objective, within, client, at, isRecorded);
        SourceHealth health = SourceHealth.read(objective, client, Durations.format(period), at);
        List<String> notes = new ArrayList<>();
        notes.addAll(windows.notes("the alert windows"));
        notes.addAll(periods.notes("the period"));
        notes.addAll(coverage.notes("the coverage"));
        Set<Map<Dimension, String>> groups = new TreeSet<>(Comparator.comparing(Map::toString));
        groups.addAll(windows.groups(objective));
        groups.addAll(periods.groups(objective));
        if (groups.isEmpty()) {
            groups.add(Map.of());
        }
        List<SloStatus> statuses = new ArrayList<>();
        for (Map<Dimension, String> group : groups) {
            Set<String> groupNotes = new LinkedHashSet<>(notes);
            groupNotes.addAll(health.notes(group));
            Map<Duration, Counts> counts = new HashMap<>();
            for (Duration window : Measurement.windowsOf(objective)) {
                counts.put(
                        window,
                        counts(objective, windows, group, window, Durations.format(window), excluded, groupNotes));
            }
            Counts whole = counts(objective, periods, group, period, "period", excluded, groupNotes);
            double measured =
                    excluded.coverage(coverage.first(objective, group).orElse(0) * samples(period), group, period);
            groupNotes.addAll(excluded.notes());
            statuses.add(SloStatus.of(
                    objective,
                    new Measurement(
                            group,
                            Measurement.View.FLEET,
                            health.replicas(),
                            at,
                            whole,
                            measured,
                            counts,
                            within,
                            List.copyOf(groupNotes))));
        }
        return List.copyOf(statuses);
    }

    /** The most points that Prometheus returns for one series. */
    private static final int MOST_POINTS = 11_000;

    /**
     * Reads the past of an objective, over all its groups, for a {@link dev.llmops.slo.backtest.Backtest}. To try another
     * threshold, read an objective whose source has it.
     *
     * @param objective the objective
     * @param from the start, exclusive
     * @param to the end, inclusive
     * @return its events in steps of five minutes, or longer over spans of more than 38 days
     * @throws IOException if the server does not answer, or answers in part
     */
    public EventHistory history(Objective objective, Instant from, Instant to) throws IOException {
        long minutes = Math.max(5, Duration.between(from, to).toMinutes() / MOST_POINTS + 1);
        Duration step = Duration.ofMinutes(Math.floorDiv(minutes + 4, 5) * 5);
        Instant first = Instant.ofEpochSecond(
                Math.floorDiv(from.getEpochSecond(), step.toSeconds()) * step.toSeconds() + step.toSeconds());
        QueryAnswer answer = client.range(countQuery(objective, step, "step"), first, to, step);
        List<String> problems = answer.notes("the history");
        if (!problems.isEmpty()) {
            throw new IOException(String.join("; ", problems));
        }
        Map<Long, OptionalDouble[]> steps = new TreeMap<>();
        for (QueryAnswer.Sample sample : answer.samples()) {
            int part = partOf(sample.labels()).startsWith("bad") ? 0 : 1;
            OptionalDouble[] counts = steps.computeIfAbsent(
                    sample.epochSecond(), at -> new OptionalDouble[] {OptionalDouble.empty(), OptionalDouble.empty()});
            counts[part] = OptionalDouble.of(counts[part].orElse(0) + sample.value());
        }
        EventHistory history = new EventHistory(step);
        steps.forEach((at, counts) -> {
            Counts window = WindowCounts.of(
                            counts[0], counts[1], objective.indicator().isBinary())
                    .counts();
            if (!window.isEmpty()) {
                history.add(Instant.ofEpochSecond(at), window);
            }
        });
        return history;
    }

    private Counts counts(
            Objective objective,
            QueryAnswer answer,
            Map<Dimension, String> group,
            Duration length,
            String name,
            ExcludedCounts excluded,
            Set<String> notes) {
        OptionalDouble bad =
                excluded.without(answer.value(objective, group, "bad:" + name), ExcludedCounts.BAD, group, length);
        OptionalDouble total =
                excluded.without(answer.value(objective, group, "total:" + name), ExcludedCounts.TOTAL, group, length);
        WindowCounts window = WindowCounts.of(bad, total, objective.indicator().isBinary());
        if (!window.problem().isEmpty()) {
            String remedy = bad.isEmpty()
                    ? SourceHealth.edges(objective, client, excluded.at())
                    : "; check the objective's queries";
            notes.add("the series of the " + (name.equals("period") ? "period" : name + " window") + " are broken: "
                    + window.problem() + remedy);
        }
        return window.counts();
    }

    /**
     * Judges event rules.
     *
     * @param set the event rules
     * @param at the instant that windows end at
     * @return statuses in the order of the rules; without data where the server did not answer
     */
    public List<EventRuleStatus> readEventRules(ObjectiveSet set, Instant at) {
        return set.eventRules().stream().map(rule -> read(rule, at)).toList();
    }

    private EventRuleStatus read(EventRule rule, Instant at) {
        String window = Durations.format(rule.window());
        String all = "sum(increase(" + EventQueries.presence(rule.name()) + "[" + window + "]))";
        String query = part(EventQueries.broken(rule, window), "bad:period") + " or " + part(all, "total:period");
        QueryAnswer answer = client.query(query, at);
        Counts counts = answer.wholeCounts("period");
        return new EventRuleStatus(rule, Measurement.View.FLEET, at, (long) counts.bad(), (long) counts.total());
    }

    private static Duration sinceStart(Objective objective, Instant at) {
        Duration length = Duration.between(objective.window().startAt(at), at);
        return Duration.ofSeconds(Math.max(1, length.toSeconds()));
    }

    private static String windowQuery(Objective objective) {
        List<String> parts = new ArrayList<>();
        for (Duration window : Measurement.windowsOf(objective)) {
            parts.add(countQuery(objective, window, Durations.format(window)));
        }
        return String.join("\nor ", parts);
    }

    /** Bad and all events of a window: rates per second, times its seconds. */
    static String countQuery(Objective objective, Duration window, String name) {
        String range = Durations.format(window);
        String seconds = " * " + window.toSeconds();
        return part("(" + EventQueries.signedBad(objective, range) + ")" + seconds, "bad:" + name) + "\nor "
                + part("(" + EventQueries.total(objective, range) + ")" + seconds, "total:" + name);
    }

    static String part(String expression, String name) {
        return "label_replace(" + expression + ", \"" + PART + "\", \"" + name + "\", \"\", \"\")";
    }

    static String recordedCoverage(Objective objective, Duration period) {
        return "sum_over_time(llm_slo:measured{" + EventQueries.slo(objective.name()) + "}[" + Durations.format(period)
                + "]) / " + samples(period);
    }

    /** The same without the recorded series, for servers that have no rules: dearer, since every minute is computed. */
    static String computedCoverage(Objective objective, Duration period) {
        return "count_over_time((" + EventQueries.total(objective, MEASURED_RANGE) + " > 0)[" + Durations.format(period)
                + ":" + Durations.format(MEASURED_STEP) + "]) / " + samples(period);
    }

    static long samples(Duration period) {
        return Math.max(1, period.dividedBy(MEASURED_STEP));
    }

    static String partOf(Map<String, String> labels) {
        return labels.getOrDefault(PART, "");
    }
}
