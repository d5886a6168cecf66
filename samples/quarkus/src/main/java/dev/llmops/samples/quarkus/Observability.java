package dev.llmops.samples.quarkus;

import dev.llmops.core.LlmOps;
import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.logging.CallLog;
import dev.llmops.metrics.GoldenSignals;
import dev.llmops.tracing.CallSpans;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Shows the calls on Quarkus' own registry, tracer and log. */
final class Observability {

    @Produces
    @Singleton
    LlmOps llmops(MeterRegistry registry, OpenTelemetry openTelemetry) {
        return LlmOps.builder()
                .enricher(CostEnricher.using(PriceBook.bundled()))
                .listener(CallSpans.on(openTelemetry))
                .listener(GoldenSignals.on(registry))
                .listener(CallLog.toSlf4j(CallLog.Mode.MESSAGE_JSON))
                .build();
    }

    /** Loads what the first call would load while it is timed. */
    void warmUp(@Observes StartupEvent started, LlmOps llmops) {
        llmops.warmUp();
    }

    void close(@Disposes LlmOps llmops) {
        llmops.close();
    }
}
