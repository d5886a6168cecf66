package dev.llmops.samples.gateway;

import static dev.llmops.samples.gateway.RunningGateway.events;
import static dev.llmops.samples.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.TraceIds;
import io.opentelemetry.context.Context;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * However a call ends, the trace id of its answer leads to the same call in the log, the exported span, the metrics'
 * exemplars and {@code /traces}, with the same tokens, times, versions, cost and outcome.
 */
class TraceIT {

    private static final String PROMPT = "ask ann.smith@example.org";
    private static final String SEEN_PROMPT = "ask [EMAIL]";
    private static final long UNKNOWN = -1;
    private static final Pattern EXEMPLAR =
            Pattern.compile("(\\w+)\\{.*} \\S+ # \\{(?:span_id=\"(\\w+)\",)?trace_id=\"([^\"]+)\"} (\\S+) \\S+");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "cached and reasoning tokens,  success,   none,                 /chat",
        "usage_missing,                success,   none,                 /chat",
        "usage_missing,                success,   none,                 /chat stream",
        "nothing,                      success,   none,                 /chat stream",
        "nothing,                      success,   none,                 /v1/chat/completions",
        "nothing,                      success,   none,                 /v1/chat/completions stream",
        "budget_ms,                    timeout,   timeout,              /chat",
        "budget_ms,                    timeout,   timeout,              /chat stream",
        "stall,                        timeout,   timeout,              /chat",
        "error_before_first_token,     error,     overloaded,           /chat",
        "error_before_first_token,     error,     overloaded,           /v1/chat/completions stream",
        "error_mid_stream,             error,     cuda_error,           /chat",
        "connection_drop,              error,     provider_unavailable, /chat",
        "malformed_chunk,              error,     protocol_error,       /chat",
        "rate_limited,                 error,     rate_limited,         /chat",
        "out_of_memory,                error,     out_of_memory,        /chat",
        "out_of_memory,                error,     out_of_memory,        /v1/chat/completions",
        "a budget without room,        rejected,  budget_exceeded,      /chat",
        "client gone,                  cancelled, cancelled,            /chat",
        "client gone mid-stream,       cancelled, cancelled,            /chat stream",
    })
    void every_view_tells_the_same(String event, String status, String errorKind, String how) throws Exception {
        GatewayOptions options = new GatewayOptions();
        if (event.equals("a budget without room")) {
            options.budgets = RunningGateway.budgets("global=0.0000001/day");
        }
        try (ObservedGateway gateway = new ObservedGateway(options)) {
            String traceId = send(gateway, event, how);
            JsonNode calls = gateway.calls(traceId);
            assertThat(calls).hasSize(1);
            String metrics = gateway.openMetrics();
            gateway.stop();

            CallFacts call = CallFacts.ofRecord(calls.get(0));
            assertThat(call.traceId()).isEqualTo(traceId);
            assertThat(call.status()).isEqualTo(status);
            assertThat(call.errorKind()).isEqualTo(errorKind.equals("none") ? null : errorKind);
            assertThat(call.input()).isEqualTo(SEEN_PROMPT);
            assertThat(call.versions()).containsKeys("id", "code", "model");
            assertThat(gateway.log()).containsExactly(calls.get(0));
            assertSpanTells(gateway, call);
            assertMetricsTell(metrics, call);
            assertThat(gateway.captured.unended()).isEmpty();
            assertThat(Context.current()).isSameAs(Context.root());
        }
    }

    private static void assertSpanTells(ObservedGateway gateway, CallFacts call) {
        assertThat(gateway.spans()).hasSize(1);
        Span span = gateway.spans().get(0);
        assertThat(HexFormat.of().formatHex(span.getTraceId().toByteArray())).isEqualTo(TraceIds.toW3c(call.traceId()));
        assertThat(CallFacts.ofSpan(span)).isEqualTo(call);
    }

    private static void assertMetricsTell(String page, CallFacts call) {
        Scrape scrape = Scrape.of(page);
        assertThat(scrape.by("llm_requests_total", "status")).isEqualTo(Map.of(call.status(), 1.0));
        assertThat(scrape.by("llm_requests_total", "version_set"))
                .isEqualTo(Map.of(call.versions().get("id"), 1.0));
        assertThat(scrape.by("llm_errors_total", "kind"))
                .isEqualTo(call.errorKind() == null ? Map.of() : Map.of(call.errorKind(), 1.0));
        Map<String, Double> tokens = new TreeMap<>();
        call.tokens().forEach((type, count) -> {
            if (count > 0 && (type.equals("in") || type.equals("out"))) {
                tokens.put(type + "put", count.doubleValue());
            }
        });
        assertThat(scrape.by("llm_tokens_total", "type")).isEqualTo(tokens);
        assertThat(nanos(scrape.sum("llm_request_latency_seconds_sum")))
                .isEqualTo(call.times().get("total"));
        assertThat(nanos(scrape.sum("llm_time_to_first_token_seconds_sum")))
                .isEqualTo(call.times().getOrDefault("first_token", 0L));
        assertThat(scrape.sum("llm_cost_usd_total"))
                .isEqualTo(new BigDecimal(call.cost().get("amount")).doubleValue());
        assertThat(scrape.sum("llm_active_requests")).isZero();
        assertExemplarsLeadTo(call, page);
    }

    private static void assertExemplarsLeadTo(CallFacts call, String page) {
        Map<String, Long> nanosByMetric = new TreeMap<>();
        for (Matcher exemplar :
                page.lines().map(EXEMPLAR::matcher).filter(Matcher::matches).toList()) {
            assertThat(exemplar.group(3)).isEqualTo(call.traceId());
            if (exemplar.group(2) != null) {
                assertThat(exemplar.group(2)).isEqualTo(call.spanId());
            }
            nanosByMetric.put(exemplar.group(1), nanos(Double.parseDouble(exemplar.group(4))));
        }
        assertThat(nanosByMetric)
                .containsEntry(
                        "llm_request_latency_seconds_bucket", call.times().get("total"))
                .containsKeys("gateway_requests_total", "gateway_requests_latency_seconds_bucket");
        assertThat(nanosByMetric.get("llm_time_to_first_token_seconds_bucket"))
                .isEqualTo(call.times().get("first_token"));
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }

    /** Returns the trace id of the answer, or the client's own one where it gets none. */
    private static String send(ObservedGateway gateway, String event, String how) throws Exception {
        if (event.startsWith("client gone")) {
            return sendAndLeave(gateway, event.endsWith("mid-stream") ? 0 : 60_000, how);
        }
        String path = how.replace(" stream", "");
        HttpResponse<String> response = gateway.http.post(path, body(event, how), "x-mock", script(event));
        String traceId = response.headers().firstValue("x-trace-id").orElseThrow();
        if (path.equals("/chat")) {
            List<String> events = events(response);
            JsonNode answer =
                    events.isEmpty() ? json(response) : JsonMapper.shared().readTree(events.get(events.size() - 1));
            assertThat(answer.path("trace_id").asString()).isEqualTo(traceId);
            assertAnswerTells(answer, gateway.calls(traceId).get(0));
        }
        return traceId;
    }

    private static void assertAnswerTells(JsonNode answer, JsonNode call) {
        for (String same : new String[] {"request_id", "version_set"}) {
            assertThat(answer.path(same)).isEqualTo(call.path(same));
        }
        JsonNode usage = answer.path("usage");
        assertThat(usage.path("tokens_in").asLong(UNKNOWN))
                .isEqualTo(call.path("tokens_in").asLong(UNKNOWN));
        assertThat(usage.path("tokens_out").asLong(UNKNOWN))
                .isEqualTo(call.path("tokens_out").asLong(UNKNOWN));
        assertThat(usage.path("cached_input").asLong())
                .isEqualTo(call.path("tokens").path("cached_input").asLong(0));
        assertThat(usage.path("reasoning").asLong())
                .isEqualTo(call.path("tokens").path("reasoning").asLong(0));
        assertThat(usage.path("origin")).isEqualTo(call.path("tokens").path("origin"));
        answer.path("latency_ms")
                .properties()
                .forEach(time -> assertThat(time.getValue())
                        .isEqualTo(call.path("latency_ms").path(time.getKey())));
        answer.path("cost")
                .properties()
                .forEach(part ->
                        assertThat(part.getValue()).isEqualTo(call.path("cost").path(part.getKey())));
    }

    private static String sendAndLeave(ObservedGateway gateway, int ttftMillis, String how) throws Exception {
        String traceId = "left-early";
        var request = gateway.http
                .request("/chat", "x-mock", "tokens=1000; gap_ms=20; ttft_ms=" + ttftMillis, "x-trace-id", traceId)
                .timeout(Duration.ofMillis(500))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body("", how)))
                .build();
        try {
            HttpResponse<java.io.InputStream> answer =
                    gateway.http.client().send(request, BodyHandlers.ofInputStream());
            answer.body().read();
            answer.body().close();
        } catch (HttpTimeoutException e) {
            assertThat(ttftMillis).isPositive();
        } catch (IOException e) {
            throw new AssertionError("the gateway was to answer until its client left", e);
        }
        return traceId;
    }

    private static String script(String event) {
        String quick = "tokens=10; ttft_ms=5; gap_ms=1";
        return switch (event) {
            case "nothing", "a budget without room" -> quick;
            case "cached and reasoning tokens" ->
                quick + "; input_tokens=40; cached_tokens=30; reasoning_tokens=4; tokens_per_chunk=2";
            case "budget_ms" -> "ttft_ms=60000";
            default -> quick + "; fault=" + event;
        };
    }

    private static String body(String event, String how) {
        var body = JsonMapper.shared().createObjectNode().put("stream", how.endsWith("stream"));
        if (how.startsWith("/chat")) {
            int budget =
                    switch (event) {
                        case "budget_ms" -> 300;
                        case "stall" -> 1500;
                        default -> 20_000;
                    };
            return body.put("user_id", "u1")
                    .put("prompt", PROMPT)
                    .put("budget_ms", budget)
                    .toString();
        }
        body.put("model", "gpt-4o-mini")
                .putArray("messages")
                .addObject()
                .put("role", "user")
                .put("content", PROMPT);
        return body.toString();
    }
}
