package consumer;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.metrics.GoldenSignals;
import dev.llmops.redaction.RedactionEnricher;
import dev.llmops.redaction.Redactor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Runs one call on the module path. */
final class Main {

    private Main() {}

    public static void main(String[] args) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (LlmOps llmops = LlmOps.builder()
                .enricher(CostEnricher.using(PriceBook.bundled()))
                .enricher(RedactionEnricher.using(Redactor.ofDefaults()))
                .listener(GoldenSignals.on(registry))
                .build()) {
            try (LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o").start()) {
                call.usage(TokenUsage.inclusive(812, 333)).finish("stop");
            }
        }
        System.out.println("modules: " + Main.class.getModule() + " uses " + LlmOps.class.getModule());
        System.out.println("calls: " + registry.get("llm.requests").tag("status", "success").counter().count());
    }
}
