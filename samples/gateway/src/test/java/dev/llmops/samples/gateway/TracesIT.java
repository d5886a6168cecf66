package dev.llmops.samples.gateway;

import static dev.llmops.samples.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.TraceIds;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code GET /traces/{trace_id}}. */
class TracesIT {

    private static final String CHAT = "{\"user_id\":\"u1\",\"prompt\":\"hi\",\"budget_ms\":20000}";
    private static final String W3C = "4bf92f3577b34da6a3ce929d0e0e4736";

    private RunningGateway gateway;

    @BeforeEach
    void start() {
        gateway = RunningGateway.inFrontOfMock();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void all_calls_of_a_trace_are_told_in_order() {
        JsonNode first = json(chat("x-trace-id", "two calls"));
        JsonNode second = json(chat("x-trace-id", "two calls"));
        json(chat("x-trace-id", "another"));
        JsonNode trace = json(gateway.get("/traces/two%20calls"));
        assertThat(trace.path("trace_id").asString()).isEqualTo("two calls");
        assertThat(trace.path("w3c_trace_id").asString()).isEqualTo(TraceIds.toW3c("two calls"));
        assertThat(trace.path("calls"))
                .extracting(call -> call.path("request_id"))
                .containsExactly(first.path("request_id"), second.path("request_id"));
        assertThat(trace.path("events")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary-001", "a/b?c&d=e", "100%", "1+1", "%E6%B5%8B"})
    void a_foreign_id_is_found_as_it_was_given_and_by_its_w3c_id(String id) {
        assertThat(json(chat("x-trace-id", id)).path("trace_id").asString()).isEqualTo(id);
        HttpResponse<String> asGiven = gateway.get("/traces/" + percentEncoded(id));
        assertThat(json(asGiven).path("trace_id").asString()).isEqualTo(id);
        assertThat(gateway.get("/traces/" + TraceIds.toW3c(id)).body()).isEqualTo(asGiven.body());
    }

    private static String percentEncoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Test
    void a_w3c_id_is_found() {
        chat("traceparent", "00-" + W3C + "-00f067aa0ba902b7-00");
        assertThat(json(gateway.get("/traces/" + W3C)).path("calls")).hasSize(1);
    }

    @Test
    void what_was_said_of_a_call_later_is_told_too() {
        JsonNode answer = json(chat("x-trace-id", "judged", "x-mock", "faithfulness=0.5; gap_ms=0"));
        String request = "{\"request_id\":" + answer.path("request_id");
        gateway.post("/feedback", request + ",\"verdict\":\"down\",\"comment\":\"wrong\"}");
        gateway.post("/evaluation", request + ",\"evaluation\":\"tone\",\"score\":0.25}");
        JsonNode events = json(gateway.get("/traces/judged")).path("events");
        assertThat(events)
                .extracting(event -> event.path("schema").asString())
                .containsExactly("llmops.evaluation/1", "llmops.feedback/1", "llmops.evaluation/1");
        assertThat(events.get(0).path("score").asDouble()).isEqualTo(0.5);
        assertThat(events.get(1).path("comment").asString()).isEqualTo("wrong");
        assertThat(events.get(2).path("evaluation").asString()).isEqualTo("tone");
        assertThat(events)
                .allSatisfy(event -> assertThat(event.path("request_id")).isEqualTo(answer.path("request_id")));
    }

    @Test
    void versions_travel_with_a_call_and_are_told() {
        JsonNode answer = json(chat("baggage", "llmops.version_set.prompt=support-v12,llmops.version_set.model=x"));
        assertThat(answer.path("version_set").path("prompt").asString()).isEqualTo("support-v12");
        assertThat(answer.path("version_set").path("model").asString()).isEqualTo(Gateway.DEFAULT_MODEL);
        JsonNode trace = json(gateway.get("/traces/" + answer.path("trace_id").asString()));
        assertThat(trace.path("calls").get(0).path("version_set")).isEqualTo(answer.path("version_set"));
    }

    @Test
    void versions_in_several_lines_of_baggage_all_travel() {
        JsonNode answer =
                json(chat("baggage", "llmops.version_set.prompt=v12", "baggage", "llmops.version_set.index=i7"));
        assertThat(answer.path("version_set").path("prompt").asString()).isEqualTo("v12");
        assertThat(answer.path("version_set").path("index").asString()).isEqualTo("i7");
    }

    @Test
    void a_version_that_is_called_id_hides_the_id_of_the_set_nowhere() {
        JsonNode answer = json(chat("baggage", "llmops.version_set.id=forged,llmops.version_set.prompt=v12"));
        assertThat(answer.path("version_set").path("id").asString()).matches("[0-9a-f]{12}");
        JsonNode trace = json(gateway.get("/traces/" + answer.path("trace_id").asString()));
        assertThat(trace.path("calls").get(0).path("version_set")).isEqualTo(answer.path("version_set"));
    }

    @Test
    void two_parents_are_none() {
        String parent = "00-" + W3C + "-00f067aa0ba902b7-01";
        JsonNode answer = json(chat("traceparent", parent, "traceparent", parent.replace("4bf9", "5bf9")));
        assertThat(answer.path("trace_id").asString()).matches("[0-9a-f]{32}").doesNotContain("bf92f3577b34da6");
    }

    @Test
    void a_request_that_is_no_call_has_no_trace_to_look_for() {
        HttpResponse<String> refused = gateway.post("/chat", "{}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("x-trace-id")).isEmpty();
        assertThat(json(refused).has("trace_id")).isFalse();
        assertThat(json(refused).path("request_id").asString()).isNotEmpty();
    }

    @Test
    void a_trace_that_a_client_names_is_named_to_it_in_any_answer() {
        HttpResponse<String> refused = gateway.post("/chat", "{}", "x-trace-id", "canary");
        assertThat(refused.headers().firstValue("x-trace-id")).hasValue("canary");
        assertThat(json(refused).path("trace_id").asString()).isEqualTo("canary");
    }

    @Test
    void an_unknown_trace_is_not_found() {
        HttpResponse<String> response = gateway.get("/traces/nobody");
        assertThat(response.statusCode()).isEqualTo(404);
        JsonNode error = json(response).path("error");
        assertThat(error.path("message").asString()).isEqualTo("trace nobody is not known, or not any more");
        assertThat(error.path("type").asString()).isEqualTo("not_found");
        assertThat(error.path("param").asString()).isEqualTo("trace_id");
    }

    private HttpResponse<String> chat(String... headers) {
        HttpResponse<String> response = gateway.post("/chat", CHAT, headers);
        assertThat(response.statusCode()).isEqualTo(200);
        return response;
    }
}
