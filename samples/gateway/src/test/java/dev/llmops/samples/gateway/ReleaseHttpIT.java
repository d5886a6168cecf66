package dev.llmops.samples.gateway;

import static dev.llmops.samples.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmops.report.evidence.EvidencePack;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** One release over HTTP, from the refusal before the baseline is measured to a person's decision. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReleaseHttpIT {

    private static final String START =
            "{\"change_id\":\"r-1\",\"candidate\":{\"prompt\":\"v13\",\"model\":\"gpt-4o\"},\"by\":\"ada\"}";

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.inFrontOfMock();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static HttpResponse<String> chat(String user) {
        return gateway.chat(
                "tokens=2; ttft_ms=0; gap_ms=0",
                "{\"user_id\":\"" + user + "\",\"prompt\":\"hi\",\"budget_ms\":20000}");
    }

    private static String error(HttpResponse<String> response) {
        return json(response).path("error").path("message").asString();
    }

    @Test
    @Order(1)
    void before_the_first_release_there_is_no_gate() {
        assertThat(gateway.get("/gate").statusCode()).isEqualTo(404);
        assertThat(gateway.get("/gate/plan").statusCode()).isEqualTo(409);
        HttpResponse<String> refused = gateway.post("/release", START);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(error(refused)).startsWith("the baseline is measured by 0 units — at least 100 are needed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | change_id is missing — it is required; candidate is  — 1 to 16 versions as texts are allowed",
                "{\"change_id\":\"a b\",\"candidate\":{\"prompt\":\"v\"}} | change_id is 'a b' — letters, digits",
                "{\"change_id\":\"r\",\"candidate\":{\"prompt\":7}} | candidate is {\"prompt\":7} — 1 to 16 versions"
            })
    @Order(2)
    void a_wrong_request_is_refused_by_name(String body, String message) {
        HttpResponse<String> refused = gateway.post("/release", body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error(refused)).startsWith(message);
    }

    @Test
    @Order(3)
    void the_plan_is_there_before_the_start() {
        IntStream.range(0, 101).forEach(i -> chat("user-" + i));
        JsonNode plan = json(gateway.get("/gate/plan"));
        assertThat(plan.path("entries").get(0).path("stage").asString()).isEqualTo("1%");
        assertThat(plan.path("entries")
                        .valueStream()
                        .map(entry -> entry.path("question").asString()))
                .contains("detect", "prove");
    }

    @Test
    @Order(4)
    void a_release_starts_with_the_first_stage() {
        HttpResponse<String> started = gateway.post("/release", START);
        assertThat(started.statusCode()).isEqualTo(201);
        JsonNode gate = json(gateway.get("/gate"));
        assertThat(gate.propertyNames())
                .containsExactly("change_id", "stage", "share", "verdict", "reason", "arms", "lines", "actions");
        assertThat(gate.path("share").asDouble()).isEqualTo(.01);
        assertThat(gate.path("actions").get(0).path("action").asString()).isEqualTo("start");
        assertThat(gate.path("lines").get(0).propertyNames())
                .containsExactly(
                        "line",
                        "metric",
                        "value",
                        "control",
                        "ratio",
                        "interval",
                        "n",
                        "bad",
                        "e",
                        "limit",
                        "verdict",
                        "reason");
        assertThat(gateway.post("/release", START.replace("r-1", "r-2")).statusCode())
                .isEqualTo(409);
    }

    @Test
    @Order(5)
    void a_person_promotes_and_the_candidate_answers() {
        decide("promote");
        HttpResponse<String> promoted = decide("promote");
        assertThat(json(promoted).path("share").asDouble()).isEqualTo(.5);
        JsonNode answered = await().until(
                        () -> json(chat("user-" + System.nanoTime())).path("version_set"), set -> set.has("prompt"));
        assertThat(answered.path("prompt").asString()).isEqualTo("v13");
        assertThat(answered.path("model").asString()).isEqualTo("gpt-4o");
    }

    @Test
    @Order(6)
    void a_person_rolls_back_once() {
        JsonNode gate = json(decide("roll_back"));
        assertThat(gate.path("share").asDouble()).isZero();
        assertThat(gate.path("verdict").asString()).isEqualTo("ROLL_BACK");
        assertThat(gate.path("reason").asString()).isEqualTo("roll_back by ada: a person decided");
        assertThat(decide("pause").statusCode()).isEqualTo(409);
        assertThat(gateway.post("/release/other/decision", "{\"decision\":\"pause\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    @Order(7)
    void the_page_links_to_a_pack_that_replays(@TempDir Path folder) throws IOException, InterruptedException {
        await().until(() -> gateway.get("/ui").body().contains("roll_back by ada: a person decided"));
        assertThat(gateway.get("/ui").body())
                .contains("<a href=\"release/r-1/pack\">Download the evidence pack</a>", "<td>roll back</td>");
        Path zip = folder.resolve("r-1.zip");
        gateway.client().send(gateway.request("/release/r-1/pack").build(), BodyHandlers.ofFile(zip));
        EvidencePack pack = EvidencePack.read(zip);
        assertThat(pack.problems()).isEmpty();
        assertThat(pack.replay().isSame()).isTrue();
        assertThat(pack.text("timeline.jsonl")).contains("a person decided");
        assertThat(gateway.get("/release/other/pack").statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> decide(String decision) {
        return gateway.post("/release/r-1/decision", "{\"decision\":\"" + decision + "\",\"by\":\"ada\"}");
    }
}
