package dev.llmops.slo.prometheus;

import dev.llmops.slo.CompositeObjective;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Durations;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Objective;
import dev.llmops.slo.internal.TimeSpans;
import dev.llmops.slo.prometheus.internal.EventQueries;
import dev.llmops.slo.prometheus.internal.Numbers;
import dev.llmops.slo.status.CompositeStatus;
import dev.llmops.slo.status.SloStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Reads composites from Prometheus: the statuses of their members, and their time slices. */
final class CompositeReader {

    private static final String SLICE = Durations.format(CompositeObjective.SLICE);

    private CompositeReader() {}

    static CompositeStatus read(
            CompositeObjective composite,
            List<SloStatus> statuses,
            List<Exclusion> exclusions,
            QueryClient client,
            Instant at) {
        List<SloStatus> members = composite.members().stream()
                .flatMap(name -> statuses.stream()
                        .filter(status -> status.objective().name().equals(name)))
                .toList();
        return new CompositeStatus(
                composite,
                members,
                composite.sliceTarget().isEmpty()
                        ? Counts.NONE
                        : slices(
                                composite,
                                members.stream().map(SloStatus::objective).toList(),
                                exclusions,
                                client,
                                at));
    }

    private static Counts slices(
            CompositeObjective composite,
            List<Objective> members,
            List<Exclusion> exclusions,
            QueryClient client,
            Instant at) {
        Instant start = members.get(0).window().startAt(at);
        Counts counts = slices(members, Duration.between(start, at), client, at);
        TimeSpans excluded = TimeSpans.of(Exclusion.of(exclusions, composite.name()), Exclusion::from, Exclusion::to);
        double bad = counts.bad();
        double total = counts.total();
        for (TimeSpans.Span span : excluded.within(start.getEpochSecond(), at.getEpochSecond())) {
            Counts out = slices(members, span.length(), client, span.end());
            bad -= out.bad();
            total -= out.total();
        }
        total = Math.max(0, total);
        return new Counts(Math.max(0, Math.min(bad, total)), total);
    }

    private static Counts slices(List<Objective> members, Duration length, QueryClient client, Instant at) {
        String range = "[" + Durations.format(Duration.ofSeconds(length.toSeconds())) + ":" + SLICE + "]";
        String slice =
                "max(" + members.stream().map(CompositeReader::isMissed).collect(Collectors.joining("\nor ")) + ")";
        QueryAnswer answer = client.query(
                PrometheusReader.part("sum_over_time(" + slice + range + ")", "bad:period") + "\nor "
                        + PrometheusReader.part("count_over_time(" + slice + range + ")", "total:period"),
                at);
        return answer.wholeCounts("period");
    }

    /** 1 for a slice in which a member missed its target, 0 for one in which it kept it, absent without events. */
    private static String isMissed(Objective member) {
        String ratio = "(" + EventQueries.bad(member, SLICE) + ") / ((" + EventQueries.total(member, SLICE) + ") > 0)";
        String missed = "(" + ratio + ") > bool "
                + Numbers.shortest(member.budget().ratio().doubleValue());
        return "label_replace(" + missed + ", \"slo\", \"" + member.name() + "\", \"\", \"\")";
    }
}
