package dev.llmops.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The sample as its script starts it, on a free port and without a key. */
class AgentRunIT {

    private static final String LISTENING = "listening on ";

    private static Process process;
    private static URI address;
    private static HttpResponse<String> answer;

    @BeforeAll
    static void ask() throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(Path.of("run").toAbsolutePath().toString(), "0");
        builder.environment().remove("OPENAI_API_KEY");
        builder.environment().put("LLMOPS_BUILT", "yes");
        process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        while (line != null && !line.startsWith(LISTENING)) {
            line = output.readLine();
        }
        assertThat(line).isNotNull();
        address = URI.create(line.substring(LISTENING.length()));
        answer = get("/ask?user=ada&question=Where+is+order+A-1001?");
    }

    @AfterAll
    static void stop() throws Exception {
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString());
    }

    @Test
    void a_tool_answers_the_question() {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("Order A-1001 is on its way and arrives tomorrow.");
    }

    @Test
    void the_page_shows_objectives_and_the_budget_of_a_user() throws Exception {
        assertThat(get("/?user=ada").body())
                .contains("quick", "complete", "cheap", "Budget of ada", "of 0.50 USD")
                .doesNotContain("<p>0 of");
    }

    @Test
    void metrics_count_the_requests_and_the_invocation() throws Exception {
        assertThat(get("/metrics").body())
                .containsPattern("llm_requests_total\\{[^}]*operation=\"chat\"[^}]*status=\"success\"[^}]*\\} 2\\.0")
                .containsPattern(
                        "llm_requests_total\\{[^}]*operation=\"invoke_agent\"[^}]*status=\"success\"[^}]*\\} 1\\.0");
    }
}
