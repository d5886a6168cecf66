package dev.llmops.metrics.saturation;

import dev.llmops.metrics.instrument.Instrument;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows readings on the Prometheus client; families and series exist only while there are readings. */
final class PrometheusGauges implements SaturationMonitor.Exporter, MultiCollector {

    private final PrometheusRegistry registry;
    private volatile @Nullable SaturationMonitor monitor;

    PrometheusGauges(PrometheusRegistry registry) {
        this.registry = registry;
        registry.register(this);
    }

    @Override
    public void changed(SaturationMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    public MetricSnapshots collect() {
        SaturationMonitor source = monitor;
        Map<Instrument, GaugeSnapshot.Builder> families = new EnumMap<>(Instrument.class);
        for (SaturationProbe.Reading reading :
                source == null ? List.<SaturationProbe.Reading>of() : source.readings()) {
            families.computeIfAbsent(reading.instrument(), PrometheusGauges::family)
                    .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                            .labels(Labels.of(reading.instrument().labels(), reading.labelValues()))
                            .value(reading.value())
                            .build());
        }
        MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
        families.values().forEach(family -> snapshots.metricSnapshot(family.build()));
        return snapshots.build();
    }

    private static GaugeSnapshot.Builder family(Instrument instrument) {
        return GaugeSnapshot.builder().name(instrument.prometheusName()).help(instrument.description());
    }

    @Override
    public void close() {
        registry.unregister(this);
    }
}
