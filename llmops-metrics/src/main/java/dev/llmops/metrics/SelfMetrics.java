package dev.llmops.metrics;

import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.internal.Backend;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Shows the library's counters about itself; those of several sources are added up. */
final class SelfMetrics {

    private static final Map<Telemetry.Kind, Instrument> INSTRUMENTS = new EnumMap<>(Map.of(
            Telemetry.Kind.FAILURES, Instrument.TELEMETRY_FAILURES,
            Telemetry.Kind.DROPPED, Instrument.TELEMETRY_DROPPED,
            Telemetry.Kind.LATE_ENDINGS, Instrument.TELEMETRY_LATE_ENDINGS,
            Telemetry.Kind.LABEL_OVERFLOW, Instrument.TELEMETRY_LABEL_OVERFLOW));

    private final Backend backend;
    private final List<Telemetry> sources = new CopyOnWriteArrayList<>();
    private final Set<Counter> shown = ConcurrentHashMap.newKeySet();

    private record Counter(Telemetry.Kind kind, String where) {}

    SelfMetrics(Backend backend) {
        this.backend = backend;
    }

    void show(Telemetry telemetry) {
        if (!sources.contains(telemetry)) {
            sources.add(telemetry);
            telemetry.watch((kind, where) -> show(new Counter(kind, where)));
        }
    }

    private void show(Counter counter) {
        Instrument instrument = INSTRUMENTS.get(counter.kind);
        if (instrument != null && shown.add(counter)) {
            backend.observed(instrument, List.of(counter.where), () -> sum(counter));
        }
    }

    private double sum(Counter counter) {
        return sources.stream()
                .mapToLong(source -> source.value(counter.kind, counter.where))
                .sum();
    }
}
