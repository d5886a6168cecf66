package dev.llmops.cli.internal.io;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks an OpenAI-compatible endpoint one question at a time. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ChatEndpoint {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI url;
    private final String model;
    private final @Nullable String key;
    private final Duration timeout;

    /**
     * Names an endpoint.
     *
     * @param url its base, such as {@code http://host/v1}
     * @param model the model
     * @param key the key, or null for none
     * @param timeout the limit for one answer
     */
    public ChatEndpoint(URI url, String model, @Nullable String key, Duration timeout) {
        this.url = URI.create(url.toString().replaceAll("/+$", "") + "/chat/completions");
        this.model = model;
        this.key = key;
        this.timeout = timeout;
    }

    /**
     * Asks a question.
     *
     * @param question the question
     * @return the answer's text
     * @throws IOException if the endpoint does not answer with success
     * @throws InterruptedException if the thread is interrupted
     */
    public String ask(String question) throws IOException, InterruptedException {
        String body = MAPPER.writeValueAsString(
                Map.of("model", model, "messages", List.of(Map.of("role", "user", "content", question))));
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("the endpoint answered with status " + response.statusCode());
        }
        JsonNode message =
                MAPPER.readTree(response.body()).path("choices").path(0).path("message");
        return message.path("content").asString("");
    }
}
