package dev.llmops.slo.file;

import dev.llmops.slo.MetricSource;
import dev.llmops.slo.Objective;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** The part of {@link Lint} that looks at where Prometheus finds the events. */
final class SourceLint {

    private static final Pattern FALLBACK = Pattern.compile("\\bor\\s+(vector\\s*\\(\\s*0\\s*\\)|0\\s*\\*)");

    private SourceLint() {}

    static void check(Objective objective, BiConsumer<Lint.Code, String> found) {
        MetricSource source = objective.source();
        if (source instanceof MetricSource.Queries queries) {
            checkQueries(queries, found);
        } else if (source instanceof MetricSource.ClassicHistogram histogram) {
            boolean known = !histogram.edges().isEmpty();
            if (known && !histogram.edges().contains(histogram.threshold())) {
                found.accept(
                        Lint.Code.THRESHOLD_NOT_A_BUCKET,
                        "threshold " + histogram.threshold() + " is no bucket edge of " + histogram.metric()
                                + " — one of " + histogram.edges()
                                + " — add the edge, or the count between two edges is lost");
            }
        }
    }

    private static void checkQueries(MetricSource.Queries queries, BiConsumer<Lint.Code, String> found) {
        if (queries.events().strip().equals(queries.total().strip())) {
            found.accept(
                    Lint.Code.SAME_QUERY,
                    "both queries of the ratio are '" + queries.total() + "', so that every event is "
                            + (queries.bad() ? "bad" : "good"));
        }
        String kind = queries.bad() ? "bad" : "good";
        checkPlaceholder(kind, queries.events(), found);
        checkPlaceholder("total", queries.total(), found);
        boolean eventsFallBack = FALLBACK.matcher(queries.events()).find();
        if (eventsFallBack != FALLBACK.matcher(queries.total()).find()) {
            found.accept(
                    Lint.Code.SLI_FALLBACK_ASYMMETRY,
                    "only the " + (eventsFallBack ? kind : "total")
                            + " query falls back to 0, so that a scrape gap empties the ratio; the rules fall back where"
                            + " it is right, so drop it");
        }
    }

    private static void checkPlaceholder(String kind, String query, BiConsumer<Lint.Code, String> found) {
        if (!query.contains(MetricSource.WINDOW)) {
            found.accept(
                    Lint.Code.WINDOW_PLACEHOLDER_MISSING,
                    "the " + kind + " query has no place for the window ('" + query + "') — "
                            + MetricSource.WINDOW + " where its range goes, as in rate(x[" + MetricSource.WINDOW
                            + "]) — replace its range");
        }
    }
}
