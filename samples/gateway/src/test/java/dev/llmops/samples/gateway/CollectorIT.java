package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the OpenTelemetry Collector reads in the spans of a call is what {@code /traces} says of it. */
@EnabledIfSystemProperty(
        named = CollectorIT.PROGRAM,
        matches = ".+",
        disabledReason = "needs an OpenTelemetry Collector; tests/otel-collector builds one")
class CollectorIT {

    static final String PROGRAM = "llmops.otelcol";

    @Test
    void the_collector_reads_the_spans_of_a_call(@TempDir Path directory) throws Exception {
        try (RealCollector collector = new RealCollector(System.getProperty(PROGRAM), directory)) {
            GatewayOptions options = new GatewayOptions();
            options.otlpEndpoint = collector.address();
            JsonNode call;
            try (RunningGateway gateway = new RunningGateway(options)) {
                String body = "{\"user_id\":\"u1\",\"prompt\":\"hi\",\"budget_ms\":20000}";
                String traceId = RunningGateway.json(gateway.chat("tokens=20; ttft_ms=0; gap_ms=0", body))
                        .path("trace_id")
                        .asString();
                call = RunningGateway.json(gateway.get("/traces/" + traceId))
                        .path("calls")
                        .path(0);
                assertThat(call.path("trace_id").asString()).isEqualTo(traceId);
            }

            await().until(() -> collector.printed().contains("gen_ai.usage.output_tokens"));
            assertThat(collector.printed())
                    .containsPattern("Trace ID +: " + call.path("trace_id").asString())
                    .containsPattern("ID +: " + call.path("span_id").asString())
                    .contains("service.name: Str(")
                    .contains("gen_ai.usage.input_tokens: Int("
                            + call.path("tokens_in").asLong() + ")")
                    .contains("gen_ai.usage.output_tokens: Int(20)")
                    .contains("llmops.version_set.id: Str("
                            + call.path("version_set").path("id").asString() + ")")
                    .contains("llmops.cost.amount: Str("
                            + call.path("cost").path("amount").asString() + ")")
                    .contains("Name: llmops.first_token");
        }
    }
}
