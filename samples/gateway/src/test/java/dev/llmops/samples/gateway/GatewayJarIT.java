package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.TraceIds;
import java.io.BufferedReader;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The runnable jar as a process: what it prints, what it exports, and how it stops. */
class GatewayJarIT {

    private static final String LISTENING = "listening on ";
    private static final int SIGTERM = 143;

    @TempDir
    Path dataDir;

    @Test
    void after_sigterm_every_call_is_a_line_and_a_span() throws Exception {
        try (OtlpReceiver receiver = new OtlpReceiver()) {
            Process gateway = start(receiver.address());
            try (BufferedReader output = gateway.inputReader()) {
                String first = output.readLine();
                assertThat(first).startsWith(LISTENING + "http://127.0.0.1:");
                URI address = URI.create(first.substring(LISTENING.length()));
                assertThat(chat(address)).contains("\"trace_id\":\"canary-test-001\"");

                gateway.toHandle().destroy(); // unlike Process.destroy, leaves the output to be read
                List<JsonNode> log =
                        output.lines().map(JsonMapper.shared()::readTree).toList();
                assertThat(gateway.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(gateway.exitValue()).isEqualTo(SIGTERM);
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
            } finally {
                gateway.destroyForcibly();
            }
        }
    }

    private static String traceId(JsonNode line) {
        return line.path("trace_id").asString();
    }

    private Process start(URI collector) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-jar",
                        new File("target/gateway.jar").getAbsolutePath(),
                        "--port=0",
                        "--traffic=50",
                        "--data-dir=" + dataDir,
                        "--otlp-endpoint=" + collector)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String chat(URI address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/chat"))
                .header("x-trace-id", "canary-test-001")
                .POST(BodyPublishers.ofString("{\"user_id\":\"u1\",\"prompt\":\"测试回滚\",\"budget_ms\":20000}"))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        return response.body();
    }
}
