package dev.llmops.slo.openslo;

import dev.llmops.slo.MetricSource;
import dev.llmops.slo.prometheus.internal.BucketEdge;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewrites published queries of fixed range to any window, where the result means the same: the same range in every
 * selector, under {@code rate} or {@code increase} alone.
 */
final class QueryRewrite {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\[\\s*(\\{\\{\\s*\\.?window\\s*}}|\\$\\{?window}?|\\$__range|\\$__rate_interval)\\s*]");
    private static final Pattern RANGE = Pattern.compile("\\[\\s*+([0-9a-z]++)\\s*+]");
    private static final Pattern OVER_RANGE =
            Pattern.compile("(?<![a-z_])([a-z_]++)\\s*+\\(\\s*+[a-zA-Z_:][\\w:]*+\\s*+(\\{[^{}]*+})?\\s*+\\[");
    private static final Pattern BARE = Pattern.compile(
            "(sum(?:\\s*(?:by|without)\\s*\\([^()]*\\))?\\s*\\()?\\s*([a-zA-Z_:][\\w:]*\\s*(?:\\{[^{}]*})?)\\s*(\\))?");

    private static final Pattern EDGE =
            Pattern.compile("\\ble\\s*=\\s*\"(\\d{1,30}(?:\\.\\d{0,30})?(?:[eE][+-]?\\d{1,2})?)\"");

    /** A fraction that every client and server spells alike. */
    private static final Pattern COMMON_FRACTION = Pattern.compile("\\d+\\.(?!0000)\\d*[1-9]");

    /** Longer than any query that people write; a bound on what matching a hostile one can cost. */
    private static final int MAX_LENGTH = 10_000;

    private QueryRewrite() {}

    /**
     * Rewrites the queries of one ratio together.
     *
     * @param queries the queries
     * @param counters whether a selector without a range is a counter
     * @return the queries with {@link MetricSource#WINDOW} for their range
     * @throws IllegalArgumentException with the reason why a rewriting would change the meaning
     */
    static List<String> toAnyWindow(List<String> queries, boolean counters) {
        for (String query : queries) {
            if (query.length() > MAX_LENGTH) {
                throw new IllegalArgumentException("has " + query.length() + " characters — at most " + MAX_LENGTH
                        + " — record parts of the query by rules, and name those");
            }
        }
        Set<String> ranges = new LinkedHashSet<>();
        Set<String> functions = new LinkedHashSet<>();
        List<String> unified = queries.stream()
                .map(query -> PLACEHOLDER
                        .matcher(query)
                        .replaceAll(Matcher.quoteReplacement("[" + MetricSource.WINDOW + "]")))
                .map(query -> counters && !query.contains("[") ? ofCounter(query) : query)
                .map(QueryRewrite::withEdges)
                .toList();
        for (String query : unified) {
            if (!query.contains("[")) {
                throw new IllegalArgumentException("has no range — one — write rate(x[" + MetricSource.WINDOW + "])");
            }
            Matcher range = RANGE.matcher(query);
            while (range.find()) {
                ranges.add(range.group(1));
            }
            Matcher function = OVER_RANGE.matcher(query);
            while (function.find()) {
                functions.add(function.group(1));
            }
        }
        if (ranges.isEmpty()) {
            return unified;
        }
        return rewritten(unified, ranges, functions);
    }

    private static List<String> rewritten(List<String> queries, Set<String> ranges, Set<String> functions) {
        boolean shifted = queries.stream().anyMatch(query -> query.matches("(?s).*(\\boffset\\b|@|\\[[^\\]]*:).*"));
        boolean mixed = queries.stream().anyMatch(query -> query.contains(MetricSource.WINDOW));
        if (ranges.size() > 1 || mixed) {
            throw new IllegalArgumentException("has several ranges " + ranges
                    + ", which cannot all follow one window — use " + MetricSource.WINDOW + " for those that should");
        }
        if (shifted || functions.size() != 1 || !Set.of("rate", "increase").containsAll(functions)) {
            throw new IllegalArgumentException("has the fixed range " + ranges
                    + ", which can be rewritten under one of rate"
                    + " and increase alone, without offset and subquery — write rate(x[" + MetricSource.WINDOW + "])");
        }
        return queries.stream()
                .map(query -> RANGE.matcher(query)
                        .replaceAll(Matcher.quoteReplacement("[" + MetricSource.WINDOW + "]"))
                        .replaceAll("\\bincrease(\\s*\\()", "rate$1"))
                .toList();
    }

    /**
     * Matches the edges of buckets in every spelling: {@code le="1"} is {@code 1.0} on Prometheus 3, and a query that does not
     * find its good events counts all events as bad.
     */
    static String withEdges(String query) {
        return EDGE.matcher(query)
                .replaceAll(edge -> Matcher.quoteReplacement(
                        COMMON_FRACTION.matcher(edge.group(1)).matches()
                                ? edge.group()
                                : BucketEdge.matcher(Double.parseDouble(edge.group(1)))));
    }

    private static String ofCounter(String query) {
        Matcher bare = BARE.matcher(query.strip());
        if (!bare.matches() || (bare.group(1) == null) != (bare.group(3) == null)) {
            return query;
        }
        String rate = "rate(" + bare.group(2).strip() + "[" + MetricSource.WINDOW + "])";
        return bare.group(1) == null ? "sum(" + rate + ")" : bare.group(1) + rate + ")";
    }
}
