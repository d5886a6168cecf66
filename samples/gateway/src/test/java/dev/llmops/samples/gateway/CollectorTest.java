package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.samples.gateway.views.Tracing;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spans on their way to a collector. */
class CollectorTest {

    private static final String CHAT = "{\"user_id\":\"u1\",\"prompt\":\"hi\",\"budget_ms\":20000}";

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/v1/traces", "/v1/traces/"})
    void the_endpoint_may_be_the_collectors_base_or_whole(String path) throws IOException {
        try (OtlpReceiver receiver = new OtlpReceiver()) {
            Tracing tracing = new Tracing(receiver.address().resolve(path), List.of());
            tracing.sdk().getTracer("test").spanBuilder("span").startSpan().end();
            tracing.close();
            assertThat(receiver.spans()).hasSize(1);
        }
    }

    @Test
    void without_a_collector_calls_have_a_trace_all_the_same() {
        try (RunningGateway gateway = RunningGateway.inFrontOfMock()) {
            String traceId = RunningGateway.json(gateway.post("/chat", CHAT))
                    .path("trace_id")
                    .asString();
            assertThat(gateway.get("/traces/" + traceId).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_collector_that_is_away_disturbs_nobody() throws IOException {
        GatewayOptions options = new GatewayOptions();
        options.otlpEndpoint = URI.create("http://127.0.0.1:" + unusedPort());
        try (RunningGateway gateway = new RunningGateway(options)) {
            assertThat(gateway.post("/chat", CHAT).statusCode()).isEqualTo(200);
            assertThat(gateway.scrape().by("llm_requests_total", "status")).containsOnlyKeys("success");
        }
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
