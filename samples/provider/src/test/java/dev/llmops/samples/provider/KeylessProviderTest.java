package dev.llmops.samples.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KeylessProviderTest {

    private static final String ORDER_TOOL = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"orderStatus\","
            + "\"parameters\":{\"type\":\"object\",\"properties\":{\"number\":{\"type\":\"string\"}}}}}]";

    private final KeylessProvider provider = KeylessProvider.start(Duration.ZERO);

    @AfterEach
    void close() {
        provider.close();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(provider.address() + path))
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private JsonNode chat(String fields) throws Exception {
        String body = post("/chat/completions", "{\"model\":\"gpt-4o-mini\"," + fields + "}")
                .body();
        return JsonMapper.shared().readTree(body);
    }

    private static String messages(String system, String user) {
        return "\"messages\":[{\"role\":\"system\",\"content\":\"" + system + "\"},{\"role\":\"user\",\"content\":\""
                + user + "\"}]";
    }

    @Test
    void an_answer_is_the_closest_sentence_of_the_system_messages() throws Exception {
        JsonNode answer = chat(messages("Returns are free. Repairs take a week.", "How long do repairs take?"));
        assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo("Repairs take a week.");
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(12);
        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(4);
    }

    @Test
    void a_question_that_nothing_is_close_to_is_not_answered() throws Exception {
        JsonNode answer = chat(messages("Returns are free.", "Who won yesterday?"));
        assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo(Reply.NOTHING_FOUND);
    }

    @Test
    void a_question_that_names_a_tool_asks_for_it() throws Exception {
        JsonNode answer = chat(messages("", "Where is my order A-1001?") + "," + ORDER_TOOL);
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
        assertThat(answer.at("/choices/0/message/tool_calls/0/function/arguments")
                        .asString())
                .isEqualTo("{\"number\":\"A-1001\"}");
    }

    @Test
    void the_result_of_a_tool_is_the_answer() throws Exception {
        JsonNode answer = chat("\"messages\":[{\"role\":\"user\",\"content\":\"Where is my order A-1001?\"},"
                + "{\"role\":\"tool\",\"content\":\"On its way.\"}]," + ORDER_TOOL);
        assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo("On its way.");
    }

    @Test
    void a_stream_has_a_chunk_for_each_token_and_ends_with_usage() throws Exception {
        String stream = post(
                        "/chat/completions",
                        "{\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                                + messages("Returns are free.", "Are returns free?") + "}")
                .body();
        assertThat(stream.lines().filter(line -> line.contains("\"content\":"))).hasSize(4);
        assertThat(stream).contains("\"completion_tokens\":3").endsWith("data: [DONE]\n\n");
    }

    @Test
    void texts_that_share_words_are_close() {
        assertThat(Embeddings.similarity("repair of a bicycle", "bicycles and repairs"))
                .isCloseTo(1, within(.001));
        assertThat(Embeddings.similarity("repair of a bicycle", "cancelled flights"))
                .isLessThan(.1);
    }

    @Test
    void an_embedding_is_the_same_as_numbers_and_in_base64() throws Exception {
        JsonNode numbers = JsonMapper.shared()
                .readTree(post("/embeddings", "{\"input\":[\"repair\"]}").body());
        JsonNode text = JsonMapper.shared()
                .readTree(post("/embeddings", "{\"input\":\"repair\",\"encoding_format\":\"base64\"}")
                        .body());
        assertThat(numbers.at("/data/0/embedding")).hasSize(256);
        assertThat(java.util.Base64.getDecoder()
                        .decode(text.at("/data/0/embedding").asString()))
                .hasSize(1_024);
        assertThat(numbers.at("/usage/prompt_tokens")).isEqualTo(text.at("/usage/prompt_tokens"));
    }

    @Test
    void a_body_that_is_no_json_is_refused() throws Exception {
        HttpResponse<String> response = post("/chat/completions", "no");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("the body is no JSON");
    }
}
