package consumer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QuickstartTest {

    @Test
    void the_first_streamed_answer_makes_the_first_series() throws Exception {
        try (StreamingProvider provider = new StreamingProvider()) {
            HttpServer metrics = Quickstart.run(provider.address(), "sk-test", 0);
            URI address = URI.create("http://localhost:" + metrics.getAddress().getPort() + "/metrics");
            String page = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
            metrics.stop(0);
            for (String series : List.of(
                    "llm_time_to_first_token_seconds_count\\{[^}]*model=\"gpt-4o\"[^}]*\\} 1",
                    "llm_tokens_total\\{[^}]*type=\"input\"[^}]*\\} 812\\.0")) {
                assertTrue(Pattern.compile(series).matcher(page).find(), page);
            }
        }
    }
}
