package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "management.prometheus.metrics.export.enabled=true")
class AssistantTest {

    private static final StreamingProvider PROVIDER = provider();

    @LocalServerPort
    private int port;

    @Autowired
    private Application.Assistant assistant;

    private static StreamingProvider provider() {
        try {
            return new StreamingProvider();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @DynamicPropertySource
    static void address(DynamicPropertyRegistry properties) {
        properties.add("openai.base-url", PROVIDER::address);
    }

    @AfterAll
    static void stop() {
        PROVIDER.close();
    }

    @Test
    void a_streamed_answer_of_an_ai_service_is_measured() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        assistant
                .ask("weather")
                .onPartialResponse(text -> {})
                .onCompleteResponse(response -> answer.complete(response.aiMessage().text()))
                .onError(answer::completeExceptionally)
                .start();
        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("It is sunny today");
        String page = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/prometheus")).build(), BodyHandlers.ofString())
                .body();
        assertThat(page)
                .containsPattern("llm_time_to_first_token_seconds_count\\{[^}]*model=\"gpt-4o\"[^}]*\\} 1")
                .containsPattern("llm_requests_total\\{[^}]*status=\"success\"[^}]*\\} 1\\.0");
    }
}
