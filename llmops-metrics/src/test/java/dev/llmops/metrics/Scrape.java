package dev.llmops.metrics;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBucket;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DistributionDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What Prometheus would see: every series by name and labels, in classic form. */
public final class Scrape {

    private Scrape() {}

    public static Map<String, Double> of(PrometheusRegistry registry) {
        Map<String, Double> series = new TreeMap<>();
        for (MetricSnapshot family : registry.scrape()) {
            String name = family.getMetadata().getPrometheusName();
            family.getDataPoints().forEach(point -> {
                if (point instanceof CounterSnapshot.CounterDataPointSnapshot counter) {
                    series.put(key(name + "_total", point.getLabels()), counter.getValue());
                } else if (point instanceof GaugeSnapshot.GaugeDataPointSnapshot gauge) {
                    series.put(key(name, point.getLabels()), gauge.getValue());
                } else if (point instanceof InfoSnapshot.InfoDataPointSnapshot) {
                    series.put(key(name + "_info", point.getLabels()), 1.0);
                } else if (point instanceof HistogramSnapshot.HistogramDataPointSnapshot histogram) {
                    addHistogram(series, name, histogram);
                } else if (point instanceof DistributionDataPointSnapshot other) {
                    series.put(key(name + "_count", point.getLabels()), (double) other.getCount());
                }
            });
        }
        return series;
    }

    private static void addHistogram(
            Map<String, Double> series, String name, HistogramSnapshot.HistogramDataPointSnapshot histogram) {
        long cumulative = 0;
        for (ClassicHistogramBucket bucket : histogram.getClassicBuckets()) {
            cumulative += bucket.getCount();
            Labels labels = histogram.getLabels().add("_le", Double.toString(bucket.getUpperBound()));
            series.put(key(name + "_bucket", labels), (double) cumulative);
        }
        series.put(key(name + "_count", histogram.getLabels()), (double) histogram.getCount());
        series.put(key(name + "_sum", histogram.getLabels()), histogram.getSum());
    }

    static String key(String name, Labels labels) {
        return name
                + labels.stream()
                        .map(label -> label.getName() + "=" + label.getValue())
                        .sorted()
                        .collect(Collectors.joining(",", "{", "}"));
    }
}
