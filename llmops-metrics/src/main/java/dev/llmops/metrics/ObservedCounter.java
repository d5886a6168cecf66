package dev.llmops.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.DoubleSupplier;

/** A family of counters that are kept elsewhere and read when scraped. */
final class ObservedCounter implements Collector {

    private final String name;
    private final String description;
    private final ConcurrentMap<Labels, DoubleSupplier> series = new ConcurrentHashMap<>();

    ObservedCounter(String name, String description) {
        this.name = name;
        this.description = description;
    }

    void add(Labels labels, DoubleSupplier value) {
        series.putIfAbsent(labels, value);
    }

    @Override
    public MetricSnapshot collect() {
        CounterSnapshot.Builder snapshot = CounterSnapshot.builder().name(name).help(description);
        series.forEach((labels, value) -> snapshot.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(labels)
                .value(value.getAsDouble())
                .build()));
        return snapshot.build();
    }

    @Override
    public MetricFamilyDescriptor getMetricFamilyDescriptor() {
        return MetricFamilyDescriptor.counter(name).help(description).build();
    }
}
