package dev.llmops.samples.gateway;

import static org.awaitility.Awaitility.await;

import dev.llmops.test.SpanCapture;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway of which everything that it shows can be looked at. */
final class ObservedGateway implements AutoCloseable {

    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

    final RunningGateway http;
    final SpanCapture captured = SpanCapture.create();
    private final OtlpReceiver receiver = new OtlpReceiver();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    ObservedGateway(GatewayOptions options) throws IOException {
        options.otlpEndpoint = receiver.address();
        http = new RunningGateway(Gateway.start(
                options, new GatewayEnvironment(Map.of(), Clock.systemUTC(), output, List.of(captured.processor()))));
    }

    /** All that has been written to standard output. */
    List<String> lines() {
        return output.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** What has been logged; the first line says where the gateway listens. */
    List<JsonNode> log() {
        return lines().stream().skip(1).map(JsonMapper.shared()::readTree).toList();
    }

    List<Span> spans() {
        return receiver.spans();
    }

    /** All that was exported, byte by byte. */
    String exported() {
        return receiver.raw();
    }

    String openMetrics() {
        return http.get("/metrics", "Accept", OPEN_METRICS).body();
    }

    /** The calls of a trace, as soon as there are any. */
    JsonNode calls(String encodedTraceId) {
        String path = "/traces/" + encodedTraceId;
        HttpResponse<String> trace = await().until(() -> http.get(path), response -> response.statusCode() == 200);
        return RunningGateway.json(trace).path("calls");
    }

    /** Stops the gateway, so that all views are complete. */
    void stop() {
        http.close();
    }

    @Override
    public void close() {
        http.close();
        receiver.close();
    }
}
