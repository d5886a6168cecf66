package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Step three of three: run it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "management.prometheus.metrics.export.enabled=true")
class ThreeStepsTest {

    private static final StreamingProvider PROVIDER = provider();

    @LocalServerPort
    private int port;

    private static StreamingProvider provider() {
        try {
            return new StreamingProvider();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @DynamicPropertySource
    static void address(DynamicPropertyRegistry properties) {
        properties.add("spring.ai.openai.base-url", PROVIDER::address);
    }

    @AfterAll
    static void stop() {
        PROVIDER.close();
    }

    private String get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(), BodyHandlers.ofString())
                .body();
    }

    @Test
    void the_first_streamed_answer_makes_the_first_series() throws Exception {
        assertThat(get("/ask?question=weather")).isEqualTo("It is sunny today");
        assertThat(get("/actuator/prometheus"))
                .containsPattern("llm_time_to_first_token_seconds_count\\{[^}]*model=\"gpt-4o\"[^}]*\\} 1")
                .containsPattern("llm_requests_total\\{[^}]*status=\"success\"[^}]*\\} 1\\.0")
                .containsPattern("llm_tokens_total\\{[^}]*type=\"input\"[^}]*\\} 812\\.0")
                .containsPattern("llm_cached_input_tokens_total\\{[^}]*\\} 512\\.0")
                .containsPattern("llm_cost_usd_total\\{");
        assertThat(get("/actuator/llmops")).contains("\"Spring AI\"", "total-month");
    }
}
