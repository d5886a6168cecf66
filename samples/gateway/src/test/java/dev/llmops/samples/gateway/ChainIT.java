package dev.llmops.samples.gateway;

import static dev.llmops.samples.gateway.RunningGateway.events;
import static dev.llmops.samples.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A gateway is an OpenAI-compatible provider itself, so one can stand in front of another. */
class ChainIT {

    private static final String CHAT = "{\"user_id\":\"u1\",\"prompt\":\"hi\",\"budget_ms\":20000}";

    private RunningGateway inner;
    private ScriptingProxy between;
    private RunningGateway outer;

    @BeforeEach
    void start() {
        inner = RunningGateway.inFrontOfMock();
        between = new ScriptingProxy(inner.address());
        outer = RunningGateway.inFrontOf(between.address());
    }

    @AfterEach
    void stop() {
        outer.close();
        between.close();
        inner.close();
    }

    @Test
    void both_see_the_same_tokens_and_the_client_gets_one_trace() {
        between.script(
                "tokens=30; input_tokens=40; cached_tokens=10; reasoning_tokens=6; tokens_per_chunk=4; gap_ms=0");
        HttpResponse<String> response = outer.post("/chat", CHAT, "x-trace-id", "one-trace");
        JsonNode answer = json(response);
        assertThat(answer.path("trace_id").asString()).isEqualTo("one-trace");
        assertThat(answer.path("usage").path("tokens_out").asInt()).isEqualTo(30);
        assertThat(answer.path("usage").path("reasoning").asInt()).isEqualTo(6);
        assertThat(answer.path("usage").path("cached_input").asInt()).isEqualTo(10);
        for (String type : new String[] {"input", "output"}) {
            assertThat(outer.scrape().sum("llm_tokens_total", "type", type))
                    .isEqualTo(inner.scrape().sum("llm_tokens_total", "type", type));
        }
    }

    @Test
    void a_base_url_may_name_its_path() {
        try (RunningGateway third = RunningGateway.inFrontOf(inner.address().resolve("/v1/"))) {
            assertThat(third.chat("tokens=2; gap_ms=0", CHAT).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_stream_passes_through_unchanged() {
        String body = "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        String script = "tokens=5; seed=3; gap_ms=0; ttft_ms=0";
        between.script(script);
        assertThat(contentOf(outer.post("/v1/chat/completions", body)))
                .isEqualTo(contentOf(inner.post("/v1/chat/completions", body, "x-mock", script)));
    }

    private static String contentOf(HttpResponse<String> response) {
        return String.join("\n", events(response)).replaceAll("\"created\":\\d+", "");
    }

    @ParameterizedTest
    @CsvSource({
        "error_before_first_token, overloaded",
        "error_mid_stream, cuda_error",
        "connection_drop, provider_unavailable",
        "malformed_chunk, protocol_error",
        "rate_limited, rate_limited",
        "out_of_memory, out_of_memory",
        "out_of_memory; after=3, out_of_memory"
    })
    void a_failure_keeps_its_kind_on_the_way_to_the_client(String fault, String kind) {
        between.script("tokens=10; gap_ms=1; fault=" + fault);
        HttpResponse<String> response = outer.post("/chat", CHAT);
        assertThat(json(response).path("error").path("type").asString()).isEqualTo(kind);
    }
}
