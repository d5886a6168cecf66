package dev.llmops.metrics.internal;

import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.metrics.instrument.Instrument;
import io.micrometer.core.instrument.MeterRegistry;

/** The names of meters on Micrometer: an instrument's own, or ours where a framework has a meter of that name. */
final class MeterNames {

    private final MeterRegistry registry;
    private final NameClashes clashes;
    private final Memo<Instrument, String> shared = new Memo<>(this::claim);

    MeterNames(MeterRegistry registry, Telemetry telemetry) {
        this.registry = registry;
        this.clashes = new NameClashes(telemetry);
    }

    String of(Instrument instrument) {
        return NameClashes.isShared(instrument) ? shared.get(instrument) : instrument.meterName();
    }

    /** Decided before the first series of ours, so that any meter of the name is another library's. */
    private String claim(Instrument instrument) {
        if (registry.find(instrument.meterName()).meters().isEmpty()) {
            return instrument.meterName();
        }
        clashes.found(instrument);
        return NameClashes.PREFIX + instrument.meterName();
    }
}
