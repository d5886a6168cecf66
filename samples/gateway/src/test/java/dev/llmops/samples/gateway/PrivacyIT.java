package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.llmops.redaction.RedactedText;
import dev.llmops.redaction.Redactor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is private reaches the provider and comes back in its answer, and is raw in nothing else. */
class PrivacyIT {

    private static final String PRIVATE = "ann.smith@example.org";
    private static final String PROVIDER = "127.0.0.1";
    private static final List<String> CASES =
            List.of("secrets-in-prose.jsonl", "chinese-and-secrets.jsonl", "secrets.jsonl", "formats.jsonl");
    private static final int EVERY = 9;

    private EchoProvider provider;
    private ObservedGateway gateway;

    @BeforeEach
    void start() throws IOException {
        provider = new EchoProvider();
        GatewayOptions options = new GatewayOptions();
        options.provider = GatewayOptions.Provider.openai;
        options.baseUrl = provider.address();
        gateway = new ObservedGateway(options);
    }

    @AfterEach
    void stop() {
        gateway.close();
        provider.close();
    }

    @Test
    void private_texts_are_raw_in_no_view() {
        List<String> shown = saidEverywhere("mail " + PRIVATE + " today");
        for (String view : shown) {
            assertThat(view).contains("mail [EMAIL] today").doesNotContain(PRIVATE);
        }
        assertThat(gateway.openMetrics()).contains("llm_requests_total").doesNotContain(PRIVATE);
    }

    @Test
    void the_client_gets_its_answer_as_it_is() {
        JsonNode answer = RunningGateway.json(gateway.http.post("/chat", chat("u1", "gpt-4o", PRIVATE)));
        assertThat(answer.path("answer").asString()).isEqualTo(PRIVATE);
    }

    @Test
    void no_error_quotes_what_is_private() {
        String feedback = JsonMapper.shared()
                .createObjectNode()
                .put("request_id", "r")
                .put("verdict", PRIVATE)
                .toString();
        for (HttpResponse<String> refusal : List.of(
                gateway.http.post("/chat", chat("u1", "broken", PRIVATE)),
                gateway.http.post("/feedback", feedback),
                gateway.http.post("/feedback", feedback.replace("\"r\"", "\"" + PRIVATE + "\"")),
                gateway.http.post("/chat", "{\"a\": " + PRIVATE + "}"),
                gateway.http.get("/" + PRIVATE),
                gateway.http.get("/cost?by=" + PRIVATE),
                gateway.http.get("/traces/" + PRIVATE))) {
            assertThat(refusal.statusCode()).isBetween(400, 499);
            assertThat(refusal.body()).doesNotContain(PRIVATE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-trace-id", "x-tenant", "x-feature", "tracestate", "baggage"})
    void a_private_header_is_raw_in_no_view(String header) {
        String value =
                switch (header) {
                    case "tracestate" -> "vendor=" + PRIVATE;
                    case "baggage" -> "llmops.version_set.prompt=" + PRIVATE + ",llmops.version_set.tools=t7";
                    default -> PRIVATE;
                };
        HttpResponse<String> response = gateway.http.post(
                "/v1/chat/completions",
                "{\"model\":\"" + PRIVATE + "\",\"user\":\"" + PRIVATE
                        + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                header,
                value,
                "traceparent",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        String traceId = response.headers().firstValue("x-trace-id").orElseThrow();
        JsonNode calls = gateway.calls(URLEncoder.encode(traceId, StandardCharsets.UTF_8));
        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).path("user_id").asString()).startsWith("[EMAIL#");
        assertThat(calls.get(0).path("version_set").has("prompt")).isFalse();
        assertThat(traceId
                        + gateway.openMetrics()
                        + gateway.http.get("/cost?by=user").body())
                .doesNotContain(PRIVATE);
        gateway.stop();
        assertThat(gateway.log()).containsExactly(calls.get(0));
        assertThat(gateway.lines().toString()).doesNotContain(PRIVATE);
        assertThat(gateway.exported()).contains("EMAIL#").doesNotContain(PRIVATE);
    }

    @Test
    void the_names_of_an_evaluation_are_raw_in_no_view() {
        JsonNode answer = RunningGateway.json(gateway.http.post("/chat", chat("u1", "gpt-4o", "hi")));
        String evaluation = JsonMapper.shared()
                .createObjectNode()
                .put("request_id", answer.path("request_id").asString())
                .put("evaluation", "judged " + PRIVATE)
                .put("score", 0.5)
                .put("label", PRIVATE)
                .put("explanation", "since " + PRIVATE)
                .toString();
        assertThat(gateway.http.post("/evaluation", evaluation).statusCode()).isEqualTo(202);
        String metrics = gateway.openMetrics();
        JsonNode event = RunningGateway.json(
                        gateway.http.get("/traces/" + answer.path("trace_id").asString()))
                .path("events")
                .get(0);
        assertThat(event.path("evaluation").asString()).startsWith("judged [EMAIL#");
        assertThat(event.path("label").asString()).startsWith("[EMAIL#");
        assertThat(event.path("explanation").asString()).isEqualTo("since [EMAIL]");
        gateway.stop();
        for (String view : List.of(metrics, gateway.lines().toString(), gateway.exported())) {
            assertThat(view).contains("judged [EMAIL#").doesNotContain(PRIVATE);
        }
    }

    @Test
    void baggage_of_a_client_does_not_reach_the_provider_but_the_version_set_does() {
        HttpResponse<String> answer = gateway.http.post(
                "/chat", chat("u1", "gpt-4o", "hi"), "baggage", "session=s1,llmops.version_set.prompt=support-v12");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(provider.headers()).hasSize(1);
        assertThat(provider.headers().get(0).get("traceparent")).startsWith("00-");
        assertThat(provider.headers().get(0).get("baggage"))
                .contains("llmops.version_set.prompt=support-v12")
                .doesNotContain("session");
    }

    @Test
    void two_users_stay_two() {
        gateway.http.post("/chat", chat(PRIVATE, "gpt-4o", "hi"));
        gateway.http.post("/chat", chat(PRIVATE, "gpt-4o", "hi"));
        gateway.http.post("/chat", chat("bob@example.org", "gpt-4o", "hi"));
        JsonNode rows = RunningGateway.json(gateway.http.get("/cost?by=user")).path("rows");
        assertThat(rows).extracting(row -> row.path("calls").asInt()).containsExactlyInAnyOrder(2, 1);
    }

    @Test
    void the_private_values_of_the_cases_are_raw_in_no_view() {
        Path cases = Path.of(System.getProperty("llmops.cases"), "redaction");
        assumeTrue(Files.isDirectory(cases), "no cases at " + cases);
        Set<String> secrets = new HashSet<>();
        StringBuilder left = new StringBuilder(PROVIDER); // every view shows it as the server's address
        CASES.stream().flatMap(file -> sample(cases.resolve(file))).forEach(line -> {
            String text = line.path("text").asString();
            RedactedText redacted = Redactor.ofDefaults().redact(text);
            redacted.findings().forEach(found -> secrets.add(text.substring(found.start(), found.end())));
            left.append('\n').append(redacted.text());
            gateway.http.post("/chat", chat("u1", "gpt-4o", text));
            JsonNode failed = RunningGateway.json(gateway.http.post("/chat", chat("u1", "broken", text)));
            assertThat(failed.path("error").path("message").asString()).isEqualTo("cannot answer: " + redacted.text());
            comment(failed.path("request_id").asString(), text);
        });
        secrets.removeIf(left.toString()::contains); // private in one text only
        assertThat(secrets).hasSizeGreaterThan(50);
        String metrics = gateway.openMetrics();
        gateway.stop();
        String log =
                String.join("\n", gateway.log().stream().map(PrivacyIT::texts).toList());
        String spans = gateway.exported();
        for (String view : List.of(log, spans, metrics)) {
            assertThat(secrets.stream().filter(view::contains)).isEmpty();
        }
    }

    /** Says a text as prompt, answer, error and comment; returns the log, the spans and the trace that show it. */
    private List<String> saidEverywhere(String text) {
        JsonNode answer = RunningGateway.json(gateway.http.post("/chat", chat("u1", "gpt-4o", text)));
        JsonNode failed = RunningGateway.json(gateway.http.post("/chat", chat("u1", "broken", text)));
        comment(answer.path("request_id").asString(), text);
        JsonNode trace = RunningGateway.json(
                gateway.http.get("/traces/" + answer.path("trace_id").asString()));
        assertThat(trace.path("calls").get(0).path("output").asString()).isNotEqualTo(text);
        assertThat(trace.path("events").get(0).path("comment").asString()).isNotEqualTo(text);
        gateway.calls(failed.path("trace_id").asString());
        String metrics = gateway.openMetrics();
        assertThat(metrics).doesNotContain(text);
        return List.of(trace.toString(), failed.toString(), String.join("\n", gateway.lines()));
    }

    private void comment(String requestId, String text) {
        ObjectNode feedback = JsonMapper.shared()
                .createObjectNode()
                .put("request_id", requestId)
                .put("verdict", "up")
                .put("comment", text);
        assertThat(gateway.http.post("/feedback", feedback.toString()).statusCode())
                .isEqualTo(202);
    }

    private static String chat(String user, String model, String prompt) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("user_id", user)
                .put("model", model)
                .put("prompt", prompt)
                .put("budget_ms", 20_000)
                .toString();
    }

    private static Stream<JsonNode> sample(Path file) {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            return Stream.iterate(0, line -> line < lines.size(), line -> line + EVERY)
                    .map(line -> JsonMapper.shared().readTree(lines.get(line)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All texts inside, as they are without JSON's escapes. */
    private static String texts(JsonNode json) {
        StringBuilder texts = new StringBuilder(json.stringValue("")).append('\n');
        json.forEach(each -> texts.append(texts(each)));
        return texts.toString();
    }
}
