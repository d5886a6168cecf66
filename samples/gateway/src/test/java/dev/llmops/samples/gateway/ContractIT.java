package dev.llmops.samples.gateway;

import static dev.llmops.samples.gateway.RunningGateway.events;
import static dev.llmops.samples.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.samples.gateway.http.Route;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What clients may rely on, endpoint by endpoint. */
class ContractIT {

    private static final String CHAT = "{\"user_id\":\"u1\",\"prompt\":\"测试回滚\",\"budget_ms\":20000}";
    private static final String STREAMED_CHAT = CHAT.replace("}", ",\"stream\":true}");
    private static final String COMPLETION =
            "{\"model\":\"m1\",\"messages\":[{\"role\":\"user\",\"content\":\"one two three\"}]}";
    private static final String STREAMED_COMPLETION = COMPLETION.replace("\"model\"", "\"stream\":true,\"model\"");

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.inFrontOfMock();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void chat_answers_with_the_clients_trace_id_and_what_was_asked_for() {
        HttpResponse<String> response = gateway.post(
                "/chat",
                CHAT,
                "x-trace-id",
                "canary-test-001",
                "x-mock",
                "tokens=12; input_tokens=50; cached_tokens=20; reasoning_tokens=4; seed=5; gap_ms=1; ttft_ms=20");
        JsonNode answer = json(response);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(answer.path("trace_id").asString()).isEqualTo("canary-test-001");
        assertThat(answer.path("request_id").asString()).isNotBlank();
        assertThat(answer.path("answer").asString().split(" ")).hasSize(8);
        assertThat(answer.path("version_set").path("model").asString()).isEqualTo(Gateway.DEFAULT_MODEL);
        assertThat(answer.path("version_set").path("id").asString()).matches("[0-9a-f]{12}");
        assertThat(answer.path("usage").toString())
                .isEqualTo("{\"tokens_in\":50,\"tokens_out\":12,\"cached_input\":20,\"cache_write\":0,\"reasoning\":4,"
                        + "\"origin\":\"reported\"}");
        assertThat(answer.has("cost")).isTrue();
        JsonNode latency = answer.path("latency_ms");
        assertThat(latency.path("first_token").asDouble())
                .isBetween(15.0, latency.path("total").asDouble());
    }

    @Test
    void a_chat_stream_ends_in_the_object_that_stands_alone_otherwise() {
        HttpResponse<String> response =
                gateway.chat("tokens=6; reasoning_tokens=2; gap_ms=0; ttft_ms=1", STREAMED_CHAT);
        var events = events(response);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        assertThat(events).hasSize(7);
        assertThat(events.subList(0, 2)).allMatch(event -> event.startsWith("{\"reasoning_delta\":"));
        assertThat(events.subList(2, 6)).allMatch(event -> event.startsWith("{\"delta\":"));
        JsonNode last = JsonMapper.shared().readTree(events.get(6));
        assertThat(last.propertyNames())
                .containsExactlyInAnyOrder(
                        "trace_id", "request_id", "answer", "version_set", "usage", "cost", "latency_ms");
        assertThat(last.path("answer").asString().split(" ")).hasSize(4);
    }

    @Test
    void the_same_seed_gives_the_same_answer() {
        String script = "seed=42; tokens=9; gap_ms=0; ttft_ms=0";
        assertThat(json(gateway.chat(script, CHAT)).path("answer"))
                .isEqualTo(json(gateway.chat(script, STREAMED_CHAT.replace("true", "false")))
                        .path("answer"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | user_id is missing — it is required; prompt is missing — it is required; budget_ms is missing — it is required — send the request corrected | user_id",
                "{\"user_id\":7,\"prompt\":\"p\",\"budget_ms\":1} | user_id is the number 7 — a string is allowed — send the request corrected | user_id",
                "{\"user_id\":\"u\",\"prompt\":[],\"budget_ms\":1} | prompt is an empty list — a string is allowed — send the request corrected | prompt",
                "{\"user_id\":\"u\",\"prompt\":\" \",\"budget_ms\":1} | prompt is blank — a text is required — send the request corrected | prompt",
                "{\"user_id\":\"u\",\"prompt\":\"p\",\"budget_ms\":\"1\"} | budget_ms is a string — a whole number is allowed — send the request corrected | budget_ms",
                "{\"user_id\":\"u\",\"prompt\":\"p\",\"budget_ms\":1.5} | budget_ms is the number 1.5 — a whole number is allowed — send the request corrected | budget_ms",
                "{\"user_id\":\"u\",\"prompt\":\"p\",\"budget_ms\":0} | budget_ms is 0 — 1 to 600000 is allowed — send the request corrected | budget_ms",
                "{\"user_id\":\"u\",\"prompt\":\"p\",\"budget_ms\":99999999999} | budget_ms is 99999999999 — 1 to 600000 is allowed — send the request corrected | budget_ms",
                "{\"user_id\":\"u\",\"prompt\":\"p\",\"budget_ms\":1,\"model\":{}} | model is an object — a string is allowed — send the request corrected | model",
                "{\"user_id\":\"u\",\"prompt\":\"p\",\"budget_ms\":1,\"stream\":1} | stream is the number 1 — true and false are allowed — send the request corrected | stream",
            })
    void chat_names_the_field_that_breaks_a_rule(String body, String message, String field) {
        HttpResponse<String> response = gateway.post("/chat", body);
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = json(response).path("error");
        assertThat(error.path("message").asString()).isEqualTo(message);
        assertThat(error.path("param").asString()).isEqualTo(field);
        assertThat(error.path("type").asString()).isEqualTo("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "7", "null", "{\"a\":1} x", "{'a':1}"})
    void a_body_that_is_no_json_object_is_told_so(String body) {
        HttpResponse<String> response = gateway.post("/chat", body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").path("message").asString()).startsWith("the body is ");
    }

    @Test
    void a_bad_script_is_told_with_key_rule_and_value() {
        HttpResponse<String> response = gateway.chat("tokens=many", CHAT);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").path("message").asString())
                .contains("x-mock: tokens is many — a whole number from 0 to 1000000 is allowed");
    }

    @Test
    void completions_have_the_shape_of_the_openai_api() {
        HttpResponse<String> response = gateway.post(
                "/v1/chat/completions", COMPLETION, "x-mock", "tokens=3; cached_tokens=2; gap_ms=0; ttft_ms=0");
        JsonNode answer = json(response);
        assertThat(answer.path("object").asString()).isEqualTo("chat.completion");
        assertThat(answer.path("model").asString()).isEqualTo("m1");
        assertThat(answer.path("choices").path(0).path("message").path("role").asString())
                .isEqualTo("assistant");
        assertThat(answer.path("choices").path(0).path("finish_reason").asString())
                .isEqualTo("stop");
        assertThat(answer.path("usage").path("prompt_tokens").asInt()).isEqualTo(3);
        assertThat(answer.path("usage").path("total_tokens").asInt()).isEqualTo(6);
        assertThat(answer.path("usage")
                        .path("prompt_tokens_details")
                        .path("cached_tokens")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void a_completion_stream_begins_with_the_role_and_ends_with_done() {
        HttpResponse<String> response =
                gateway.post("/v1/chat/completions", STREAMED_COMPLETION, "x-mock", "tokens=3; gap_ms=0; ttft_ms=0");
        var events = events(response);
        assertThat(events).hasSize(6);
        assertThat(events.get(0)).contains("\"delta\":{\"role\":\"assistant\",\"content\":\"\"}");
        assertThat(events.get(4)).contains("\"finish_reason\":\"stop\"");
        assertThat(events.get(5)).isEqualTo("[DONE]");
        assertThat(response.body()).doesNotContain("usage");
    }

    @Test
    void a_completion_stream_has_a_usage_chunk_when_it_is_asked_for() {
        String asking =
                STREAMED_COMPLETION.replace("\"model\"", "\"stream_options\":{\"include_usage\":true},\"model\"");
        var events = events(gateway.post("/v1/chat/completions", asking, "x-mock", "tokens=3; gap_ms=0; ttft_ms=0"));
        assertThat(events).hasSize(7);
        assertThat(events.get(5)).contains("\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"messages\":[{}]} | model",
                "{\"model\":\"m\"} | messages",
                "{\"model\":\"m\",\"messages\":[]} | messages",
                "{\"model\":\"m\",\"messages\":\"hi\"} | messages",
                "{\"model\":\"m\",\"messages\":[{}],\"stream_options\":true} | stream_options",
            })
    void completions_name_the_field_that_breaks_a_rule(String body, String field) {
        HttpResponse<String> response = gateway.post("/v1/chat/completions", body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").path("param").asString()).isEqualTo(field);
    }

    @Test
    void feedback_is_taken_for_a_known_request_and_for_no_other() {
        String request = json(gateway.chat("tokens=1; ttft_ms=0", CHAT))
                .path("request_id")
                .asString();
        assertThat(feedback(request, "down").statusCode()).isEqualTo(202);
        HttpResponse<String> unknown = feedback("nobody", "up");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(json(unknown).path("error").path("param").asString()).isEqualTo("request_id");
        HttpResponse<String> sideways = feedback(request, "sideways");
        assertThat(sideways.statusCode()).isEqualTo(400);
        assertThat(json(sideways).path("error").path("message").asString())
                .isEqualTo("verdict is sideways — up and down are allowed — send the request corrected");
    }

    private static HttpResponse<String> feedback(String request, String verdict) {
        return gateway.post(
                "/feedback", "{\"request_id\":\"" + request + "\",\"verdict\":\"" + verdict + "\",\"comment\":\"c\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, text/plain; version=0.0.4; charset=utf-8",
        "application/openmetrics-text; version=1.0.0, application/openmetrics-text; version=1.0.0; charset=utf-8",
        "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited, "
                + "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited",
    })
    void metrics_come_in_the_format_that_is_accepted(String accept, String contentType) {
        HttpResponse<String> response = gateway.get("/metrics", "Accept", accept);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue(contentType);
        assertThat(response.body()).contains("gateway_requests");
    }

    @Test
    void health_is_ok() {
        assertThat(gateway.get("/health").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/index.html", "/chat/", "/chats", "/traces/", "/v1/nothing"})
    void an_unknown_path_is_not_found(String path) {
        HttpResponse<String> response = gateway.get(path);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).path("error").path("message").asString())
                .isEqualTo("path " + path + " is unknown — GET / lists all — correct it");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /chat, POST",
        "POST, /metrics, GET",
        "DELETE, /feedback, POST",
        "PUT, /v1/chat/completions, POST",
        "POST, /traces/{trace_id}, GET"
    })
    void a_wrong_method_is_told_the_right_one(String method, String path, String allowed) {
        HttpResponse<String> response = gateway.send(gateway.request(path.replaceAll("[{}]", ""))
                .method(method, BodyPublishers.noBody())
                .build());
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue(allowed);
        assertThat(json(response).path("error").path("message").asString())
                .isEqualTo("method " + method + " is not allowed for " + path + " — use " + allowed);
    }

    @Test
    void a_body_of_one_mebibyte_is_the_longest() {
        assertThat(gateway.post("/chat", chatOfBytes(Route.DEFAULT_MAX_BODY_BYTES), "x-mock", "tokens=1; ttft_ms=0")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> tooLong = gateway.post("/chat", chatOfBytes(Route.DEFAULT_MAX_BODY_BYTES + 1));
        assertThat(tooLong.statusCode()).isEqualTo(413);
        assertThat(json(tooLong).path("error").path("message").asString())
                .isEqualTo("the body is too long — at most 1048576 bytes are allowed — shorten it");
    }

    @Test
    void a_long_body_of_undeclared_length_is_refused_too() {
        byte[] body = chatOfBytes(2 * Route.DEFAULT_MAX_BODY_BYTES).getBytes(StandardCharsets.UTF_8);
        HttpRequest chunked = gateway.request("/chat")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();
        assertThat(gateway.send(chunked).statusCode()).isEqualTo(413);
        assertThat(gateway.get("/health").statusCode()).isEqualTo(200);
    }

    private static String chatOfBytes(int bytes) {
        String frame = "{\"user_id\":\"u1\",\"budget_ms\":5000,\"prompt\":\"\"}";
        return frame.replace("\"\"}", "\"" + "x".repeat(bytes - frame.length()) + "\"}");
    }

    @Test
    void a_client_that_waits_for_a_go_ahead_gets_it() throws Exception {
        byte[] body = CHAT.getBytes(StandardCharsets.UTF_8);
        String head =
                "POST /chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nx-mock: tokens=1; ttft_ms=0\r\nExpect: 100-continue\r\n"
                        + "Connection: close\r\nContent-Length: " + body.length + "\r\n\r\n";
        try (Socket socket =
                new Socket(gateway.address().getHost(), gateway.address().getPort())) {
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String goAhead = "HTTP/1.1 100 Continue\r\n\r\n";
            assertThat(new String(in.readNBytes(goAhead.length()), StandardCharsets.US_ASCII))
                    .isEqualTo(goAhead);
            out.write(body);
            out.flush();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200 OK");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /health, /health, 200",
        "GET, /nowhere, other, 404",
        "BREW, /chat, /chat, 405",
        "GET, /traces/xyz, /traces/{trace_id}, 404"
    })
    void every_request_is_counted_under_a_bounded_path_and_method(
            String method, String path, String label, String status) {
        String methodLabel = method.equals("BREW") ? "other" : method;
        String[] labels = {"method", methodLabel, "path", label, "status", status};
        double before = gateway.scrape().sum("gateway_requests_total", labels);
        gateway.send(
                gateway.request(path).method(method, BodyPublishers.noBody()).build());
        Scrape after = gateway.scrape();
        assertThat(after.sum("gateway_requests_total", labels)).isEqualTo(before + 1);
        assertThat(after.sum("gateway_requests_latency_seconds_count", labels)).isEqualTo(before + 1);
    }

    @Test
    void a_trace_that_began_elsewhere_goes_on() {
        HttpResponse<String> response = gateway.post(
                "/chat",
                CHAT,
                "traceparent",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "x-mock",
                "tokens=1; ttft_ms=0");
        assertThat(json(response).path("trace_id").asString()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(response.headers().firstValue("x-trace-id")).hasValue("4bf92f3577b34da6a3ce929d0e0e4736");
    }
}
