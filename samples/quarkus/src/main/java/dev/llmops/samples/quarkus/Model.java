package dev.llmops.samples.quarkus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.response.ObservedHttp;
import dev.llmops.core.response.ResponseReaders;
import dev.llmops.samples.provider.KeylessProvider;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Asks the model over HTTP. */
@ApplicationScoped
class Model {

    private final HttpClient client = HttpClient.newHttpClient();
    private final LlmOps llmops;
    private final ResponseReaders readers;
    private final ObjectMapper json;
    private final Optional<KeylessProvider> keyless;
    private final String address;
    private final String key;
    private final String model;

    Model(
            LlmOps llmops,
            ObjectMapper json,
            @ConfigProperty(name = "openai.url") String url,
            @ConfigProperty(name = "openai.key") Optional<String> key,
            @ConfigProperty(name = "openai.model") String model,
            @ConfigProperty(name = "keyless.pace") Duration pace) {
        this.llmops = llmops;
        this.readers = ResponseReaders.of(llmops.telemetry());
        this.json = json;
        this.key = key.orElse("none");
        this.model = model;
        keyless = key.isPresent() ? Optional.empty() : Optional.of(KeylessProvider.start(pace));
        address = keyless.map(provider -> provider.address().toString()).orElse(url);
    }

    /**
     * Asks a question.
     *
     * @param user who asks
     * @param question the question
     * @return the lines of the answer as they arrive; close it
     */
    Stream<String> stream(String user, String question) {
        try {
            HttpResponse<Stream<String>> response = ObservedHttp.send(
                    client,
                    request(question),
                    BodyHandlers.ofLines(),
                    llmops.call(Operation.CHAT, "openai", model)
                            .user(user)
                            .feature("workshop")
                            .streaming(true),
                    readers);
            if (response.statusCode() != 200) {
                response.body().close();
                throw new IOException("the provider answered " + response.statusCode());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private HttpRequest request(String question) throws JsonProcessingException {
        Map<String, Object> body = Map.of(
                "model",
                model,
                "stream",
                true,
                "stream_options",
                Map.of("include_usage", true),
                "messages",
                List.of(
                        Map.of("role", "system", "content", "The workshop opens at eight. A repair takes five days."),
                        Map.of("role", "user", "content", question)));
        return HttpRequest.newBuilder(URI.create(address + "/chat/completions"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
                .build();
    }

    @PreDestroy
    void stop() {
        keyless.ifPresent(KeylessProvider::close);
    }
}
