package dev.llmops.metrics.internal;

import dev.llmops.metrics.instrument.Instrument;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.DoubleSupplier;

/** A family of counters or gauges that are kept elsewhere and read when scraped; a gauge that is no number is left out. */
final class ObservedFamily implements Collector {

    private final String name;
    private final String description;
    private final boolean counts;
    private final ConcurrentMap<Labels, DoubleSupplier> series = new ConcurrentHashMap<>();

    ObservedFamily(String name, Instrument instrument) {
        this.name = name;
        this.description = instrument.description();
        this.counts = instrument.kind() == Instrument.Kind.COUNTER;
    }

    void add(Labels labels, DoubleSupplier value) {
        series.putIfAbsent(labels, value);
    }

    @Override
    public MetricSnapshot collect() {
        return counts ? counters() : gauges();
    }

    private MetricSnapshot counters() {
        CounterSnapshot.Builder snapshot = CounterSnapshot.builder().name(name).help(description);
        series.forEach((labels, value) -> snapshot.dataPoint(CounterDataPointSnapshot.builder()
                .labels(labels)
                .value(value.getAsDouble())
                .build()));
        return snapshot.build();
    }

    private MetricSnapshot gauges() {
        GaugeSnapshot.Builder snapshot = GaugeSnapshot.builder().name(name).help(description);
        series.forEach((labels, value) -> {
            double now = value.getAsDouble();
            if (!Double.isNaN(now)) {
                snapshot.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(labels)
                        .value(now)
                        .build());
            }
        });
        return snapshot.build();
    }

    @Override
    public MetricFamilyDescriptor getMetricFamilyDescriptor() {
        return (counts ? MetricFamilyDescriptor.counter(name) : MetricFamilyDescriptor.gauge(name))
                .help(description)
                .build();
    }
}
