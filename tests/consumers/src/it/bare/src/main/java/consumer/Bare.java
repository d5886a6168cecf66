package consumer;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.budget.BudgetStore;
import dev.llmops.cost.ledger.Ledger;
import dev.llmops.logging.CallLog;
import dev.llmops.metrics.GoldenSignals;
import dev.llmops.redaction.RedactionEnricher;
import dev.llmops.redaction.Redactor;
import dev.llmops.tracing.CallSpans;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.nio.file.Path;

/** Uses everything that needs no optional library, and asks for what does. */
public final class Bare {

    private interface Use {
        Object run() throws Exception;
    }

    public static void main(String[] args) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (LlmOps llmops = LlmOps.builder()
                .enricher(CostEnricher.using(PriceBook.bundled()))
                .enricher(RedactionEnricher.using(Redactor.ofDefaults()))
                .listener(CallSpans.on(OpenTelemetry.noop()))
                .listener(GoldenSignals.on(registry))
                .listener(CallLog.toSlf4j())
                .build()) {
            llmops.warmUp();
            llmops.call(Operation.CHAT, "openai", "gpt-4o")
                    .start()
                    .usage(TokenUsage.inclusive(812, 333))
                    .finish("stop");
        }
        System.out.println("calls: " + registry.get("llm.requests").tag("status", "success").counter().count());
        ask("redis", () -> BudgetStore.redis(URI.create("redis://localhost:6379")));
        ask("ledger", () -> Ledger.at(Path.of("target/ledger")).open());
        ask("rules", () -> Redactor.builder().rule("EMPLOYEE_ID", "E[0-9]{6}").build());
        ask("phones", () -> Redactor.builder().phoneRegions("DE").build());
        for (String absent : new String[] {
            "io.prometheus.metrics.model.registry.PrometheusRegistry",
            "io.opentelemetry.sdk.OpenTelemetrySdk",
            "io.lettuce.core.RedisClient",
            "org.h2.Driver",
            "com.google.re2j.Pattern",
            "reactor.core.publisher.Flux",
            "org.springframework.boot.actuate.endpoint.annotation.Endpoint"
        }) {
            System.out.println(absent + " is " + (isPresent(absent) ? "present" : "absent"));
        }
    }

    private static void ask(String what, Use use) {
        try {
            use.run();
            System.out.println(what + ": works");
        } catch (Exception | LinkageError e) {
            System.out.println(what + ": " + e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }

    private static boolean isPresent(String name) {
        try {
            Class.forName(name, false, Bare.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
