package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.TraceIds;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The runnable jar as a process: what it prints, what it exports, and how it stops. */
class GatewayJarIT {

    @TempDir
    Path dataDir;

    @Test
    void after_sigterm_every_call_is_a_line_and_a_span() throws Exception {
        try (OtlpReceiver receiver = new OtlpReceiver()) {
            try (GatewayProcess gateway = GatewayProcess.start(
                    "--port=0", "--traffic=50", "--data-dir=" + dataDir, "--otlp-endpoint=" + receiver.address())) {
                assertThat(chat(gateway.address())).contains("\"trace_id\":\"canary-test-001\"");
                List<JsonNode> log = gateway.terminate().stream()
                        .map(JsonMapper.shared()::readTree)
                        .toList();
                assertThat(log)
                        .filteredOn(line -> traceId(line).equals("canary-test-001"))
                        .hasSize(1);
                assertThat(receiver.spans())
                        .filteredOn(span -> span.getName().startsWith("chat "))
                        .extracting(span ->
                                HexFormat.of().formatHex(span.getTraceId().toByteArray()))
                        .containsExactlyInAnyOrderElementsOf(log.stream()
                                .filter(line -> line.path("schema").asString().equals("llmops.call/1"))
                                .map(line -> TraceIds.toW3c(traceId(line)))
                                .toList());
            }
        }
    }

    private static String traceId(JsonNode line) {
        return line.path("trace_id").asString();
    }

    private static String chat(URI address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/chat"))
                .header("x-trace-id", "canary-test-001")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"user_id\":\"u1\",\"prompt\":\"测试回滚\",\"budget_ms\":20000}"))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        return response.body();
    }
}
