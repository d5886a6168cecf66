package dev.llmops.samples.rag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One session with the sample: two questions, the second of which needs a tool, and a thumb down for the first. */
class SpringRagIT {

    private static final String CHAT = "operation=\"chat\"";
    private static final String EMBEDDINGS = "operation=\"embeddings\"";

    private static RunningSample sample;
    private static RunningSample.Answer repair;
    private static RunningSample.Answer order;
    private static int feedback;

    @BeforeAll
    static void ask() throws Exception {
        sample = new RunningSample();
        repair = sample.ask("How long does a repair take?", "ada");
        order = sample.ask("Where is order A-1001?", "ada");
        feedback = sample.post("/feedback", "{\"requestId\":\"" + repair.requestId() + "\",\"helpful\":false}");
    }

    @AfterAll
    static void stop() throws Exception {
        sample.close();
    }

    @Test
    void an_answer_streams_token_by_token_after_its_sources() {
        assertThat(repair.names()).containsExactly("sources", "token", "done");
        assertThat(repair.tokens()).containsExactly("A", " repair", " takes", " five", " working", " days.");
        assertThat(repair.only("sources").path(0).asString()).isEqualTo("repairs.md");
    }

    @Test
    void a_tool_answers_what_the_handbook_cannot() {
        assertThat(order.text()).isEqualTo("Order A-1001 is on its way and arrives tomorrow.");
    }

    @Test
    void each_answer_is_one_call_with_a_time_to_first_token() throws Exception {
        assertThat(sample.metric("llm_requests_total", CHAT, "status=\"success\""))
                .isEqualTo(2);
        assertThat(sample.metric("llm_time_to_first_token_seconds_count", CHAT)).isEqualTo(2);
    }

    @Test
    void the_tokens_of_a_tool_round_trip_add_up() throws Exception {
        assertThat(sample.metric("llm_tokens_total", CHAT, "type=\"output\"")).isEqualTo(6 + 2 + 9);
    }

    @Test
    void each_passage_and_each_question_is_embedded_once() throws Exception {
        assertThat(sample.metric("llm_requests_total", EMBEDDINGS, "status=\"success\""))
                .isEqualTo(8 + 2);
    }

    @Test
    void a_record_has_its_search_and_its_tool() throws Exception {
        JsonNode calls = sample.json("/actuator/llmops/calls");
        JsonNode record = find(calls, order.requestId());
        assertThat(record.toString()).contains("\"retrieval\"", "\"orderStatus\"");
    }

    private static JsonNode find(JsonNode records, String requestId) {
        for (JsonNode record : records) {
            if (record.path("request_id").asString("").equals(requestId)) {
                return record;
            }
        }
        throw new AssertionError("no record of request " + requestId + " in " + records);
    }

    @Test
    void a_thumb_counts_for_the_version_that_answered() throws Exception {
        assertThat(feedback).isEqualTo(204);
        JsonNode quality = sample.json("/actuator/llmops/quality").path(0);
        assertThat(quality.at("/good/THUMBS/count").asInt()).isZero();
        assertThat(quality.at("/good/THUMBS/total").asInt()).isEqualTo(1);
    }

    @Test
    void a_thumb_for_an_unknown_request_is_refused() throws Exception {
        assertThat(sample.post("/feedback", "{\"requestId\":\"none\",\"helpful\":true}"))
                .isEqualTo(404);
    }

    @Test
    void budgets_and_objectives_are_those_of_the_configuration() throws Exception {
        JsonNode endpoint = sample.json("/actuator/llmops");
        assertThat(endpoint.at("/budgets/limits")).hasSize(2);
        assertThat(endpoint.path("objectives").toString()).contains("\"fast\"", "\"complete\"");
    }

    @Test
    void the_page_and_what_it_loads_are_served() throws Exception {
        assertThat(sample.get("/")).contains("Ask the handbook", "handbook.js", "handbook.css");
        assertThat(sample.get("/handbook.js")).contains("new EventSource");
    }

    @Test
    void a_user_without_budget_is_refused_with_the_reason() throws Exception {
        try (RunningSample poor = new RunningSample("--llmops.budgets.user=0.000001/day")) {
            RunningSample.Answer answer = poor.ask("How long does a repair take?", "ada");
            assertThat(answer.names()).containsExactly("refused");
            assertThat(answer.only("refused").path("reason").asString())
                    .contains("(user)", "limit 0.000001")
                    .doesNotContain("ada");
            assertThat(poor.metric("llm_requests_total", CHAT, "status=\"rejected\""))
                    .isEqualTo(1);
        }
    }
}
