package dev.llmops.metrics;

import dev.llmops.core.Telemetry;
import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.instrument.Layout;
import dev.llmops.metrics.internal.Backend;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Shows what the library counts about itself; of several countings of one thing, the sum. */
final class SelfMetrics {

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
        Instrument instrument = Layout.SELF_METRICS.get(counter.kind);
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
