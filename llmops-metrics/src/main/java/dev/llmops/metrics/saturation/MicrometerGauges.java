package dev.llmops.metrics.saturation;

import dev.llmops.metrics.instrument.Instrument;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Shows readings as Micrometer gauges, which come and go with them. */
final class MicrometerGauges implements SaturationMonitor.Exporter {

    private final MeterRegistry registry;
    private final Map<Instrument, MultiGauge> gauges = new EnumMap<>(Instrument.class);

    MicrometerGauges(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public synchronized void changed(SaturationMonitor monitor) {
        Map<Instrument, List<MultiGauge.Row<?>>> rows = new EnumMap<>(Instrument.class);
        gauges.keySet().forEach(instrument -> rows.put(instrument, new ArrayList<>()));
        for (SaturationProbe.Reading reading : monitor.readings()) {
            // The row asks the monitor at scrape, so that it can turn stale between two polls.
            rows.computeIfAbsent(reading.instrument(), i -> new ArrayList<>())
                    .add(MultiGauge.Row.of(tags(reading), reading, monitor::valueOf));
        }
        rows.forEach((instrument, rowsOfOne) ->
                gauges.computeIfAbsent(instrument, this::gauge).register(rowsOfOne));
    }

    private MultiGauge gauge(Instrument instrument) {
        return MultiGauge.builder(instrument.meterName())
                .description(instrument.description())
                .baseUnit(instrument.unit().equals("By") ? "bytes" : null)
                .register(registry);
    }

    private static Tags tags(SaturationProbe.Reading reading) {
        Tags tags = Tags.empty();
        for (int i = 0; i < reading.labelValues().size(); i++) {
            tags = tags.and(
                    reading.instrument().labels().get(i), reading.labelValues().get(i));
        }
        return tags;
    }

    @Override
    public synchronized void close() {
        gauges.values().forEach(gauge -> gauge.register(List.of()));
    }
}
