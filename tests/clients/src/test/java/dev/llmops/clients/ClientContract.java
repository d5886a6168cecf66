package dev.llmops.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.JsonNode;

/**
 * Each feature of a client through the gateway: the client understands the answer, and the gateway has one record of each
 * call, with the outcome and the very tokens that the client was told. The model's name tells calls apart.
 */
@EnabledIfSystemProperty(named = GatewayUnderTest.ADDRESS, matches = ".+")
@ExtendWith(Cells.class)
abstract class ClientContract {

    static final String QUESTION = "Do I need an umbrella?";
    static final String IMAGE =
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    /** The tool that the mock model is offered, and the argument that it makes up. */
    static final String CITY = "mock city";

    /** What a client says of an answer. */
    record Answer(String text, long tokensIn, long tokensOut) {}

    /** What a client says of embeddings. */
    record Vectors(int count, int dimensions, long tokensIn) {}

    private final String client;

    ClientContract(String client) {
        this.client = client;
    }

    abstract Answer chat(String model);

    abstract Answer stream(String model);

    /** Asks with a tool, runs it with what the model asks for, and returns the city and the answer to the result. */
    abstract List<String> tools(String model);

    abstract Answer image(String model);

    abstract Vectors embed(String model, List<String> texts);

    List<String> models() {
        throw none();
    }

    Answer respond(String model) {
        throw none();
    }

    Answer streamResponse(String model) {
        throw none();
    }

    boolean isFlagged(String model) {
        throw none();
    }

    private static TestAbortedException none() {
        return new TestAbortedException("the client has no such thing");
    }

    private String model(String feature) {
        return client + "-" + feature;
    }

    private static JsonNode onlyRecord(String model) {
        List<JsonNode> records = GatewayUnderTest.records(model, 1);
        assertThat(records).hasSize(1);
        assertThat(records.get(0).path("status").asString()).isEqualTo("success");
        return records.get(0);
    }

    private static void agrees(String model, Answer answer, boolean streaming) {
        assertThat(answer.text()).isNotBlank();
        JsonNode record = onlyRecord(model);
        assertThat(record.path("streaming").asBoolean()).isEqualTo(streaming);
        assertThat(record.path("operation").asString()).isEqualTo("chat");
        assertThat(record.path("tokens").path("origin").asString()).isEqualTo("reported");
        assertThat(record.path("tokens_in").asLong()).isPositive().isEqualTo(answer.tokensIn());
        assertThat(record.path("tokens_out").asLong()).isPositive().isEqualTo(answer.tokensOut());
    }

    @Test
    @Tag("chat")
    void a_question_is_answered_and_recorded() {
        String model = model("chat");
        agrees(model, chat(model), false);
        assertThat(onlyRecord(model).at("/finish_reasons/0").asString()).isEqualTo("stop");
    }

    @Test
    @Tag("stream")
    void a_stream_is_answered_and_recorded() {
        String model = model("stream");
        agrees(model, stream(model), true);
        assertThat(onlyRecord(model).at("/latency_ms/first_token").asDouble()).isPositive();
    }

    @Test
    @Tag("tools")
    void a_tool_runs_between_two_recorded_calls() {
        String model = model("tools");
        assertThat(tools(model)).first().isEqualTo(CITY);
        List<JsonNode> records = GatewayUnderTest.records(model, 2);
        assertThat(records).hasSize(2);
        assertThat(records.get(0).at("/finish_reasons/0").asString()).isEqualTo("tool_calls");
        assertThat(records.get(0).at("/tool_calls/0/name").asString()).isEqualToIgnoringCase("weather");
        assertThat(records.get(1).at("/finish_reasons/0").asString()).isEqualTo("stop");
        assertThat(records)
                .allSatisfy(
                        each -> assertThat(each.at("/tokens/origin").asString()).isEqualTo("reported"));
    }

    @Test
    @Tag("images")
    void an_image_in_the_prompt_reaches_the_model() {
        String model = model("images");
        agrees(model, image(model), false);
    }

    @Test
    @Tag("embeddings")
    void texts_are_embedded_and_recorded() {
        String model = model("embeddings");
        Vectors vectors = embed(model, List.of("rain", "sun"));
        assertThat(vectors.count()).isEqualTo(2);
        assertThat(vectors.dimensions()).isEqualTo(8);
        JsonNode record = onlyRecord(model);
        assertThat(record.path("operation").asString()).isEqualTo("embeddings");
        assertThat(record.path("tokens_in").asLong()).isEqualTo(vectors.tokensIn());
    }

    @Test
    @Tag("models")
    void models_are_listed() {
        assertThat(models()).contains("gpt-4o-mini");
    }

    @Test
    @Tag("responses")
    void a_response_is_answered_and_recorded() {
        String model = model("responses");
        agrees(model, respond(model), false);
    }

    @Test
    @Tag("responses-stream")
    void a_streamed_response_is_answered_and_recorded() {
        String model = model("responses-stream");
        agrees(model, streamResponse(model), true);
    }

    @Test
    @Tag("moderations")
    void a_text_is_moderated_and_recorded() {
        String model = model("moderations");
        assertThat(isFlagged(model)).isFalse();
        assertThat(onlyRecord(model).path("operation").asString()).isEqualTo("moderation");
    }
}
