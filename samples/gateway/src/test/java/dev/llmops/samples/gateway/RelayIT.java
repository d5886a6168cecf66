package dev.llmops.samples.gateway;

import static dev.llmops.samples.gateway.RunningGateway.events;
import static dev.llmops.samples.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The APIs that the gateway relays, between a client and a provider. */
class RelayIT {

    private static final String CHAT = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String STREAMED = CHAT.replace("{\"model\"", "{\"stream\":true,\"model\"");
    private static final String QUICK = "tokens=3; gap_ms=0; ttft_ms=0";
    private static final String FINISHED =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private static ScriptedProvider provider;
    private static RunningGateway gateway;
    private static RunningGateway mocked;

    @BeforeAll
    static void start() {
        provider = new ScriptedProvider();
        gateway = RunningGateway.inFrontOf(provider.address());
        mocked = RunningGateway.inFrontOfMock();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        mocked.close();
        provider.close();
    }

    @ParameterizedTest
    @CsvSource({"401", "403", "404", "429", "500", "503"})
    void an_error_keeps_its_status_type_code_and_param(int status) {
        provider.answers(
                status,
                "application/json",
                "{\"error\":{\"message\":\"no\",\"type\":\"their_type\",\"code\":\"their_code\",\"param\":\"model\"}}");
        HttpResponse<String> response = gateway.post("/v1/chat/completions", CHAT);
        JsonNode error = json(response).path("error");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(error.path("type").asString()).isEqualTo("their_type");
        assertThat(error.path("code").asString()).isEqualTo("their_code");
        assertThat(error.path("param").asString()).isEqualTo("model");
    }

    @Test
    void limits_and_the_request_id_of_the_provider_go_back() {
        provider.answers((request, body) -> request.response()
                .setStatusCode(429)
                .putHeader("Retry-After", "7")
                .putHeader("retry-after-ms", "7000")
                .putHeader("x-ratelimit-remaining-tokens", "0")
                .putHeader("x-should-retry", "true")
                .putHeader("x-request-id", "req-1")
                .putHeader("set-cookie", "private")
                .end("{\"error\":{\"message\":\"slow down\"}}"));
        var headers = gateway.post("/v1/chat/completions", CHAT).headers();
        assertThat(headers.firstValue("retry-after")).hasValue("7");
        assertThat(headers.firstValue("retry-after-ms")).hasValue("7000");
        assertThat(headers.firstValue("x-ratelimit-remaining-tokens")).hasValue("0");
        assertThat(headers.firstValue("x-should-retry")).hasValue("true");
        assertThat(headers.firstValue("x-provider-request-id")).hasValue("req-1");
        assertThat(headers.firstValue("set-cookie")).isEmpty();
    }

    @Test
    void headers_of_the_api_go_forward() {
        provider.answers(200, "text/event-stream", FINISHED);
        gateway.post(
                "/v1/chat/completions",
                STREAMED,
                "OpenAI-Organization",
                "org",
                "Idempotency-Key",
                "k1",
                "Authorization",
                "Bearer theirs",
                "Cookie",
                "c=1");
        var headers = provider.next().request().headers();
        assertThat(headers.get("openai-organization")).isEqualTo("org");
        assertThat(headers.get("idempotency-key")).isEqualTo("k1");
        assertThat(headers.get("authorization")).isEqualTo("Bearer theirs");
        assertThat(headers.contains("cookie")).isFalse();
    }

    @Test
    void a_201_is_an_answer() {
        provider.answers(201, "application/json", "{\"choices\":[{\"message\":{\"content\":\"a\"}}]}");
        assertThat(gateway.post("/v1/chat/completions", CHAT).statusCode()).isEqualTo(201);
    }

    @Test
    void stream_options_are_not_forced_on_a_provider_that_refuses_them() {
        try (RunningGateway first = RunningGateway.inFrontOf(provider.address())) {
            provider.answers((request, body) -> {
                boolean refused = body.contains("stream_options");
                request.response()
                        .putHeader("Content-Type", "text/event-stream")
                        .setStatusCode(refused ? 400 : 200);
                request.response()
                        .end(refused ? "{\"error\":{\"message\":\"unknown field stream_options\"}}" : FINISHED);
            });
            assertThat(events(first.post("/v1/chat/completions", STREAMED))).hasSize(2);
            assertThat(provider.received()).isEqualTo(2);
            assertThat(events(first.post("/v1/chat/completions", STREAMED))).hasSize(2);
            assertThat(provider.received()).isEqualTo(3);
        }
    }

    @Test
    void a_long_user_is_cut_and_not_refused() {
        String request = CHAT.replace("{\"model\"", "{\"user\":\"" + "u".repeat(300) + "\",\"model\"");
        assertThat(mocked.post("/v1/chat/completions", request, "x-mock", QUICK).statusCode())
                .isEqualTo(200);
        assertThat(mocked.get("/cost?by=user").body()).contains("uuu… (cut from 300 characters)\"");
    }

    @Test
    void the_safety_identifier_names_the_user_where_no_user_does() {
        String request = CHAT.replace("{\"model\"", "{\"safety_identifier\":\"safe-1\",\"model\"");
        mocked.post("/v1/chat/completions", request, "x-mock", QUICK);
        assertThat(mocked.get("/cost?by=user").body()).contains("\"key\":\"safe-1\"");
    }

    @Test
    void a_body_of_two_mebibytes_is_relayed() {
        String request = CHAT.replace("\"hi\"", "\"" + "x".repeat(2 << 20) + "\"");
        assertThat(mocked.post("/v1/chat/completions", request, "x-mock", QUICK).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/embeddings | {'model':'e','input':['one two','three']} | embedding",
                "/v1/moderations | {'model':'mod','input':'one'} | flagged",
                "/v1/completions | {'model':'c','prompt':'one two'} | text_completion",
                "/v1/responses | {'model':'r','input':'one two'} | output_text",
                "/v1/messages | {'model':'a','max_tokens':9,'messages':[{'role':'user','content':'one'}]} | end_turn",
            })
    void each_api_is_relayed_and_measured(String path, String request, String part) {
        String[] labels = {"status", "success"};
        double before = mocked.scrape().sum("llm_requests_total", labels);
        HttpResponse<String> response = mocked.post(path, request.replace('\'', '"'), "x-mock", QUICK);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains(part);
        assertThat(mocked.scrape().sum("llm_requests_total", labels)).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/completions | {'model':'c1','stream':true,'prompt':'one two'} | [DONE]",
                "/v1/responses | {'model':'r1','stream':true,'input':'one two'} | response.completed",
                "/v1/messages | {'model':'a1','stream':true,'max_tokens':9,'messages':[{'role':'user','content':'one two'}]} | message_stop",
            })
    void each_stream_is_relayed_to_its_end_and_its_tokens_are_counted(String path, String request, String last) {
        HttpResponse<String> response = mocked.post(path, request.replace('\'', '"'), "x-mock", QUICK);
        List<String> events = events(response);
        String model = request.substring(10, 12);
        assertThat(events.get(events.size() - 1)).contains(last);
        assertThat(mocked.scrape().sum("llm_tokens_total", "model", model, "type", "output"))
                .isEqualTo(3);
        assertThat(mocked.scrape().sum("llm_tokens_total", "model", model, "type", "input"))
                .isEqualTo(2);
    }

    @Test
    void events_keep_their_names() {
        String request =
                "{\"model\":\"a\",\"stream\":true,\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
        assertThat(mocked.post("/v1/messages", request, "x-mock", QUICK).body())
                .startsWith("event: message_start\ndata: {\"type\":\"message_start\"");
    }

    @Test
    void the_models_of_the_provider_are_listed() {
        assertThat(json(mocked.get("/v1/models")).path("data")).hasSize(3);
        assertThat(json(mocked.get("/v1/models/gpt-4o")).path("id").asString()).isEqualTo("gpt-4o");
        assertThat(mocked.get("/v1/models/none").statusCode()).isEqualTo(404);
    }

    @Test
    void the_front_page_links_to_the_views() {
        HttpResponse<String> page = mocked.get("/");
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.body()).contains("href=\"slo\"", "href=\"metrics\"", "href=\"cost?by=user\"");
    }

    @Test
    void tls_against_a_plain_port_says_so() {
        String https = provider.address().toString().replace("http:", "https:");
        try (RunningGateway wrong = RunningGateway.inFrontOf(java.net.URI.create(https))) {
            HttpResponse<String> response = wrong.post("/v1/chat/completions", CHAT);
            assertThat(response.statusCode()).isEqualTo(502);
            assertThat(json(response).path("error").path("message").asString()).contains("use http:// in --base-url");
        }
    }
}
