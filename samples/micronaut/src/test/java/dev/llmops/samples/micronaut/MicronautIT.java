package dev.llmops.samples.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmops.samples.provider.SampleProcess;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One session with the sample: an answer that is read to its end, and one whose reader goes away. */
class MicronautIT {

    private static final Pattern LISTENING = Pattern.compile("Server Running: [^ ]*127\\.0\\.0\\.1:(\\d+)");
    private static final String METRICS = "/prometheus";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static SampleProcess sample;
    private static HttpResponse<String> whole;

    @BeforeAll
    static void ask() throws Exception {
        sample = new SampleProcess(LISTENING, "-Dmicronaut.server.port=-1", "-Dkeyless.pace=PT0.4S");
        whole = CLIENT.send(question("ada"), BodyHandlers.ofString());
        try (InputStream answer =
                CLIENT.send(question("ben"), BodyHandlers.ofInputStream()).body()) {
            assertThat(new String(answer.readNBytes(9), StandardCharsets.UTF_8)).isEqualTo("data: The");
        }
        await().until(() -> records().size() >= 2);
    }

    @AfterAll
    static void stop() throws Exception {
        sample.close();
    }

    private static HttpRequest question(String user) throws Exception {
        return HttpRequest.newBuilder(sample.uri("/ask?user=" + user + "&question=When+does+the+workshop+open?"))
                .build();
    }

    /** Every line of the log is JSON; the record of a call is a line by itself. */
    private static List<JsonNode> records() throws JsonProcessingException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> records = new ArrayList<>();
        for (String line : sample.output()) {
            JsonNode entry = json.readTree(line);
            if (entry.path("schema").asText().equals("llmops.call/1")) {
                records.add(entry);
            }
        }
        return records;
    }

    private static double metric(String name, String... labels) throws Exception {
        return sample.metric(METRICS, name, labels);
    }

    @Test
    void an_answer_streams_token_by_token() {
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body().lines().filter(line -> !line.isEmpty()))
                .containsExactly("data: The", "data:  workshop", "data:  opens", "data:  at", "data:  eight.");
    }

    @Test
    void the_series_are_on_the_page_of_the_framework() throws Exception {
        assertThat(metric("llm_requests_total", "status=\"success\"")).isEqualTo(1);
        assertThat(metric("llm_requests_total", "status=\"cancelled\"")).isEqualTo(1);
        assertThat(metric("llm_time_to_first_token_seconds_count", "model=\"gpt-4o-mini\""))
                .isEqualTo(2);
        assertThat(metric("llm_cost_usd_total", "state=\"exact\"")).isEqualTo(5.25e-6);
        assertThat(metric("llm_active_requests")).isZero();
    }

    @Test
    void each_call_is_one_record() throws Exception {
        assertThat(records())
                .extracting(
                        record -> record.path("user_id").asText(),
                        record -> record.path("status").asText(),
                        record -> record.path("tokens").path("origin").asText())
                .containsExactlyInAnyOrder(tuple("ada", "success", "reported"), tuple("ben", "cancelled", "estimated"));
        assertThat(records().get(0).path("tokens_in").asInt()).isEqualTo(15);
        assertThat(records().get(0).path("tokens_out").asInt()).isEqualTo(5);
    }
}
