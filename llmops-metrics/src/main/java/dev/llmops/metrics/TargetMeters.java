package dev.llmops.metrics;

import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.internal.Backend;
import dev.llmops.metrics.internal.Backend.Adder;
import dev.llmops.metrics.internal.Backend.TimeRecorder;
import dev.llmops.metrics.internal.HistogramBackend.ValueRecorder;
import java.util.ArrayList;
import java.util.List;

/** Makes series of one operation, provider and model. */
record TargetMeters(Backend backend, Limits limits, Limits.Target target, Telemetry telemetry) {

    List<String> labels(String... more) {
        List<String> labels = new ArrayList<>(List.of(target.operation(), target.provider(), target.model()));
        labels.addAll(List.of(more));
        return labels;
    }

    Adder counter(Instrument instrument, String... more) {
        return backend.counter(instrument, labels(more));
    }

    TimeRecorder timer(Instrument instrument, String... more) {
        return backend.timer(instrument, labels(more));
    }

    ValueRecorder distribution(Instrument instrument, String... more) {
        return backend.distribution(instrument, labels(more));
    }
}
