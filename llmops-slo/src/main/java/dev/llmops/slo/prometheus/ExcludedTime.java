package dev.llmops.slo.prometheus;

import dev.llmops.slo.Exclusion;
import dev.llmops.slo.internal.TimeSpans;
import dev.llmops.slo.prometheus.internal.EventQueries;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The series that exists while events of an objective or composite do not count, and what rules do with it. */
final class ExcludedTime {

    static final String SERIES = "llm_slo:excluded";

    /** The gauge of an engine while an exclusion lasts, also one added at run time; other exporters may show it as well. */
    private static final String GAUGE = "llm_slo_excluded";

    private final String slo;
    private final TimeSpans spans;

    ExcludedTime(String slo, List<Exclusion> exclusions) {
        this.slo = slo;
        spans = TimeSpans.of(exclusions, Exclusion::from, Exclusion::to);
    }

    /** Returns the expression of the series: 1 in excluded time, otherwise absent. */
    String expression() {
        Stream<String> fromFile =
                spans.all().stream().map(span -> "((vector(time()) > " + span.from() + ") <= " + span.to() + ")");
        return Stream.concat(Stream.of(GAUGE + "{" + EventQueries.slo(slo) + "} > 0"), fromFile)
                .collect(Collectors.joining("\nor ", "group(", ")"));
    }

    /** Returns the series itself. */
    String now() {
        return SERIES + "{" + EventQueries.slo(slo) + "}";
    }

    /** Returns what exists while a range holds excluded time. */
    String within(String range) {
        return "max_over_time(" + now() + "[" + range + "])";
    }

    /** Returns how many of the samples of a period count, as one series without labels. */
    String countedSamples(String period, long samples) {
        return "(" + samples + " - (sum(sum_over_time(" + now() + "[" + period + "])) or vector(0)))";
    }
}
