package dev.llmops.slo;

import java.util.List;

/**
 * The place where Prometheus finds the events of an objective. In process the indicator decides and no source is needed.
 *
 * @since 0.1.0
 */
public sealed interface MetricSource {

    /** Stands for the window in a query: {@value}. */
    String WINDOW = "{{.window}}";

    /** Stands for the window's length in seconds in a query: {@value}. */
    String SECONDS = "{{.seconds}}";

    /** The exact counters that the engine keeps, {@code llm_slo_events_total{slo,verdict}}: the default. */
    MetricSource SLO_COUNTERS = new SloCounters();

    /** The exact counters that the engine keeps; see {@link #SLO_COUNTERS}. */
    record SloCounters() implements MetricSource {}

    /**
     * A ratio of two queries over metrics of one's own. Each must hold {@value #WINDOW} where the range goes, be a rate
     * per second, and keep the objective's grouping labels and no others.
     *
     * @param events the rate of the good or of the bad events
     * @param total the rate of all events
     * @param bad whether {@code events} are the bad ones
     */
    record Queries(String events, String total, boolean bad) implements MetricSource {

        /** Writes the placeholder without spaces. */
        public Queries {
            events = normalised(events);
            total = normalised(total);
        }

        private static String normalised(String query) {
            return query.replaceAll("\\{\\{\\s*\\.(window|seconds)\\s*}}", "{{.$1}}");
        }
    }

    /**
     * A classic histogram; good events lie at or under a bucket's edge.
     *
     * @param metric name without {@code _bucket} and {@code _count}
     * @param matchers label matchers without braces, such as {@code job="gateway"}; may be empty
     * @param threshold the edge, in the histogram's unit, &gt; 0
     * @param edges the edges the histogram is known to have; empty where unknown
     */
    record ClassicHistogram(String metric, String matchers, double threshold, List<Double> edges)
            implements MetricSource {

        /**
         * Copies the edges, without that of the bucket which holds everything.
         *
         * @throws IllegalArgumentException if the name is none, the matchers have braces, or the threshold is not above 0
         */
        public ClassicHistogram {
            Histograms.require(metric, matchers, threshold);
            if (metric.endsWith(Histograms.BUCKET)) {
                throw new IllegalArgumentException("metric is '" + metric + "' — the name without _bucket — pass '"
                        + metric.substring(0, metric.length() - Histograms.BUCKET.length()) + "'");
            }
            matchers = matchers.strip();
            edges = edges.stream()
                    .filter(edge -> edge != Double.POSITIVE_INFINITY)
                    .toList();
        }
    }

    /**
     * A native histogram; the share under the threshold is interpolated within a bucket, so it is close and not exact.
     *
     * @param metric its name
     * @param matchers label matchers without braces; may be empty
     * @param threshold the threshold, in the histogram's unit, &gt; 0
     */
    record NativeHistogram(String metric, String matchers, double threshold) implements MetricSource {

        /**
         * Trims the matchers.
         *
         * @throws IllegalArgumentException if the name is none, the matchers have braces, or the threshold is not above 0
         */
        public NativeHistogram {
            Histograms.require(metric, matchers, threshold);
            matchers = matchers.strip();
        }
    }

    /**
     * A ratio whose bad events have a query.
     *
     * @param bad the rate of bad events, see {@link Queries}
     * @param total the rate of all events
     * @return the source
     */
    static MetricSource badOverTotal(String bad, String total) {
        return new Queries(bad, total, true);
    }

    /**
     * A ratio whose good events have a query.
     *
     * @param good the rate of good events, see {@link Queries}
     * @param total the rate of all events
     * @return the source
     */
    static MetricSource goodOverTotal(String good, String total) {
        return new Queries(good, total, false);
    }
}
