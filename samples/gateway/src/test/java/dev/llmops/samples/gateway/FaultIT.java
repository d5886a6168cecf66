package dev.llmops.samples.gateway;

import static dev.llmops.samples.gateway.RunningGateway.events;
import static dev.llmops.samples.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each way in which a provider can fail ends in its own outcome and error kind, and leaves nothing behind. */
class FaultIT {

    private static final String QUICK = "tokens=10; ttft_ms=5; gap_ms=1; fault=";

    private static final int PATIENT = 20_000;

    private RunningGateway gateway;

    @BeforeEach
    void start() {
        gateway = RunningGateway.inFrontOfMock();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "error_before_first_token, 503, error,   overloaded,           0",
        "error_mid_stream,         502, error,   cuda_error,           5",
        "connection_drop,          502, error,   provider_unavailable, 5",
        "stall,                    504, timeout, timeout,              5",
        "malformed_chunk,          502, error,   protocol_error,       5",
        "rate_limited,             429, error,   rate_limited,         0",
        "out_of_memory,            500, error,   out_of_memory,        0",
        "out_of_memory; after=3,   502, error,   out_of_memory,        3",
        "rate_limited; after=3,    429, error,   rate_limited,         3",
    })
    void a_failed_chat_has_its_own_status_outcome_and_kind_and_keeps_its_partial_text(
            String fault, int httpStatus, String status, String kind, int tokens) {
        HttpResponse<String> response =
                gateway.chat(QUICK + fault, chat(fault.equals("stall") ? 1500 : PATIENT, false));
        assertThat(response.statusCode()).isEqualTo(httpStatus);
        JsonNode body = json(response);
        assertThat(body.path("error").path("type").asString()).isEqualTo(kind);
        assertThat(wordsOf(body)).isEqualTo(tokens);
        assertRecordedOnce(status, Map.of(kind, 1.0), tokens);
    }

    @ParameterizedTest
    @ValueSource(strings = {"error_mid_stream", "connection_drop", "stall", "malformed_chunk"})
    void a_failed_chat_stream_ends_in_an_event_that_says_so(String fault) {
        HttpResponse<String> response = gateway.chat(QUICK + fault, chat(fault.equals("stall") ? 1500 : PATIENT, true));
        var events = events(response);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(events).hasSize(6);
        JsonNode last = JsonMapper.shared().readTree(events.get(5));
        assertThat(last.path("error").path("type").asString()).isNotBlank();
        assertThat(last.path("usage").path("origin").asString()).isEqualTo("estimated");
        assertThat(wordsOf(last)).isEqualTo(5);
    }

    @Test
    void a_completed_answer_without_usage_is_estimated() {
        JsonNode body = json(gateway.chat(QUICK + "usage_missing", chat(PATIENT, false)));
        assertThat(body.path("usage").path("origin").asString()).isEqualTo("estimated");
        assertThat(body.path("usage").path("tokens_out").asInt()).isEqualTo(10);
        assertRecordedOnce("success", Map.of(), 10);
    }

    @Test
    void a_rate_limit_is_passed_on_with_its_retry_after() {
        HttpResponse<String> chat = gateway.chat(QUICK + "rate_limited", chat(PATIENT, false));
        assertThat(chat.headers().firstValue("Retry-After")).hasValue("2");
        HttpResponse<String> completion = completion(QUICK + "rate_limited", false);
        assertThat(completion.statusCode()).isEqualTo(429);
        assertThat(completion.headers().firstValue("Retry-After")).hasValue("2");
    }

    @ParameterizedTest
    @CsvSource({
        "error_before_first_token, 503, overloaded_error, overloaded",
        "error_mid_stream, 500, internal_server_error, cuda_error",
        "connection_drop, 502, provider_unavailable, provider_unavailable",
        "malformed_chunk, 502, protocol_error, protocol_error",
        "rate_limited, 429, requests, rate_limited",
        "out_of_memory, 500, internal_server_error, out_of_memory",
    })
    void a_failed_completion_has_the_providers_type_and_its_own_kind(
            String fault, int httpStatus, String type, String kind) {
        HttpResponse<String> response = completion(QUICK + fault, false);
        assertThat(response.statusCode()).isEqualTo(httpStatus);
        assertThat(json(response).path("error").path("type").asString()).isEqualTo(type);
        assertRecordedOnce("error", Map.of(kind, 1.0), 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"error_mid_stream", "connection_drop", "malformed_chunk"})
    void a_failed_completion_stream_ends_in_an_error_and_without_done(String fault) {
        var events = events(completion(QUICK + fault, true));
        assertThat(events.get(events.size() - 1)).contains("\"error\":{");
        assertThat(events).doesNotContain("[DONE]");
        assertRecordedOnce("error", gateway.scrape().by("llm_errors_total", "kind"), 5);
    }

    @ParameterizedTest
    @CsvSource({"'ttft_ms=60000', 0", "'tokens=100; ttft_ms=0; gap_ms=60000', 1"})
    void the_callers_deadline_holds_before_and_after_the_first_token(String script, int tokens) {
        HttpResponse<String> response = gateway.chat(script, chat(1000, false));
        assertThat(response.statusCode()).isEqualTo(504);
        JsonNode body = json(response);
        assertThat(wordsOf(body)).isEqualTo(tokens);
        assertThat(body.path("latency_ms").path("total").asDouble()).isBetween(1000.0, 20_000.0);
        assertRecordedOnce("timeout", Map.of("timeout", 1.0), tokens);
    }

    @Test
    void a_deadline_before_the_first_token_of_a_stream_is_a_plain_504() {
        HttpResponse<String> response = gateway.chat("ttft_ms=5000", chat(150, true));
        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(json(response).path("error").path("type").asString()).isEqualTo("timeout");
    }

    @Test
    void a_provider_that_is_not_there_is_unavailable() {
        try (RunningGateway lonely = RunningGateway.inFrontOf(java.net.URI.create("http://127.0.0.1:1"))) {
            HttpResponse<String> response = lonely.chat("", chat(PATIENT, false));
            assertThat(response.statusCode()).isEqualTo(502);
            assertThat(json(response).path("error").path("type").asString()).isEqualTo("provider_unavailable");
        }
    }

    private void assertRecordedOnce(String status, Map<String, Double> kinds, double outputTokens) {
        Scrape scrape = gateway.scrape();
        assertThat(scrape.by("llm_requests_total", "status")).isEqualTo(Map.of(status, 1.0));
        assertThat(scrape.by("llm_errors_total", "kind")).isEqualTo(kinds);
        assertThat(scrape.sum("llm_tokens_total", "type", "output")).isEqualTo(outputTokens);
        assertThat(scrape.sum("llm_active_requests")).isZero();
    }

    private HttpResponse<String> completion(String script, boolean stream) {
        String body =
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":" + stream + "}";
        return gateway.post("/v1/chat/completions", body, "x-mock", script);
    }

    private static String chat(int budgetMillis, boolean stream) {
        return "{\"user_id\":\"u1\",\"prompt\":\"hi\",\"budget_ms\":" + budgetMillis + ",\"stream\":" + stream + "}";
    }

    private static int wordsOf(JsonNode body) {
        String answer = body.path("answer").asString();
        return answer.isEmpty() ? 0 : answer.split(" ").length;
    }
}
