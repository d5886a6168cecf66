package dev.llmops.benchmarks;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Operation;
import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.metrics.GoldenSignals;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Registries after one stream of each model that completed, and one that failed in each of five ways. */
final class ManyModels {

    private static final int CHUNKS = 20;
    private static final List<ErrorKind> FAILURES = List.of(
            ErrorKind.TIMEOUT,
            ErrorKind.RATE_LIMITED,
            ErrorKind.OVERLOADED,
            ErrorKind.INTERNAL,
            ErrorKind.CONTENT_FILTER);

    private ManyModels() {}

    static PrometheusMeterRegistry observed(int models) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (LlmOps llmops = LlmOps.builder()
                .ticker(SampleCall::nanos)
                .enricher(CostEnricher.using(PriceBook.bundled()))
                .listener(GoldenSignals.on(registry))
                .build()) {
            for (int i = 0; i < models; i++) {
                observe(llmops, "model-" + i);
            }
        }
        return registry;
    }

    private static void observe(LlmOps llmops, String model) {
        SampleCall.streamAndFinish(start(llmops, model), CHUNKS);
        for (ErrorKind failure : FAILURES) {
            LlmCall call = start(llmops, model);
            call.chunk(1);
            call.fail(CallError.of(failure));
        }
    }

    private static LlmCall start(LlmOps llmops, String model) {
        return llmops.call(Operation.CHAT, SampleCall.PROVIDER, model)
                .streaming(true)
                .start();
    }

    static PrometheusMeterRegistry byHand(int models) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var meters = new HandWrittenMeters(registry);
        for (int i = 0; i < models; i++) {
            Tags tags = HandWrittenMeters.tags("model-" + i);
            meters.firstToken(tags, HandWrittenFigures.SAMPLE.firstTokenNanos());
            meters.gaps(tags).record(HandWrittenFigures.SAMPLE.perTokenNanos(), TimeUnit.NANOSECONDS);
            meters.ended(tags, "success", HandWrittenFigures.SAMPLE);
            FAILURES.forEach(failure -> meters.ended(tags, failure.name(), HandWrittenFigures.SAMPLE));
        }
        return registry;
    }
}
