package dev.llmops.samples.micronaut;

import dev.llmops.aspect.LlmAnnotations;
import dev.llmops.aspect.LlmProxy;
import dev.llmops.core.LlmOps;
import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.logging.CallLog;
import dev.llmops.metrics.GoldenSignals;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

/** Shows the calls on Micronaut's own registry and log. */
@Factory
final class Observability {

    @Context
    @Bean(preDestroy = "close")
    LlmOps llmops(MeterRegistry registry) {
        LlmOps llmops = LlmOps.builder()
                .enricher(CostEnricher.using(PriceBook.bundled()))
                .listener(GoldenSignals.on(registry))
                .listener(CallLog.toSlf4j(CallLog.Mode.MESSAGE_JSON))
                .build();
        llmops.warmUp();
        return llmops;
    }

    /** Observes the annotated methods of the client. */
    @Singleton
    BeanCreatedEventListener<OpenAi> observed(Provider<LlmOps> llmops) {
        return event -> {
            LlmAnnotations annotations = LlmAnnotations.builder(llmops.get())
                    .reader(new EventReader(llmops.get().telemetry()))
                    .build();
            return LlmProxy.of(annotations, OpenAi.class, event.getBean());
        };
    }
}
