package dev.llmops.samples.gateway;

import static dev.llmops.samples.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The objectives of the gateway: as JSON, as metrics, through an incident, and across a restart. */
class SloTest {

    private static final String CHAT = "{\"user_id\":\"u1\",\"prompt\":\"hello\",\"budget_ms\":20000}";
    private static final String QUICK = "tokens=2; ttft_ms=0; gap_ms=0; faithfulness=0.97";

    @TempDir
    private Path dataDir;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-05-01T12:00:30Z"));

    private RunningGateway start() {
        GatewayOptions options = new GatewayOptions();
        options.dataDir = dataDir;
        InstantSource time = now::get;
        Clock clock = time.withZone(ZoneOffset.UTC);
        return new RunningGateway(Gateway.start(options, Map.of(), clock));
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private static JsonNode objective(RunningGateway gateway, String name) {
        return StreamSupport.stream(json(gateway.get("/slo")).path("objectives").spliterator(), false)
                .filter(objective -> objective.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String pageState(JsonNode objective) {
        return StreamSupport.stream(objective.path("alerts").spliterator(), false)
                        .filter(alert -> alert.path("severity").asString().equals("page"))
                        .anyMatch(alert -> alert.path("state").asString().equals("firing"))
                ? "firing"
                : "clear";
    }

    private static void chats(RunningGateway gateway, int count, int everyNthFails) {
        for (int i = 1; i <= count; i++) {
            boolean fails = everyNthFails > 0 && i % everyNthFails == 0;
            gateway.chat(fails ? QUICK + "; fault=error_before_first_token" : QUICK, CHAT);
        }
    }

    @Test
    void without_traffic_no_objective_is_healthy() {
        try (RunningGateway gateway = start()) {
            JsonNode objectives = json(gateway.get("/slo")).path("objectives");
            assertThat(objectives).hasSize(3);
            assertThat(objectives).allSatisfy(objective -> {
                assertThat(objective.path("status").asString()).isEqualTo("INSUFFICIENT_DATA");
                assertThat(objective.path("error_ratio").isNull()).isTrue();
                assertThat(objective.path("reason").asString()).contains("silence is not health");
            });
        }
    }

    @Test
    void every_call_and_score_counts_once_in_json_and_in_metrics() {
        try (RunningGateway gateway = start()) {
            chats(gateway, 20, 5);
            JsonNode availability = objective(gateway, "availability");
            assertThat(availability.path("events").asDouble()).isEqualTo(20);
            assertThat(availability.path("error_ratio").asDouble()).isEqualTo(0.2);
            assertThat(availability.path("budget_remaining").asDouble()).isEqualTo(-199);
            String metrics = gateway.get("/metrics").body();
            assertThat(metrics)
                    .containsPattern("llm_slo_events_total\\{.*slo=\"availability\".*verdict=\"bad\".*} 4.0");
            assertThat(metrics)
                    .containsPattern("llm_slo_events_total\\{.*slo=\"availability\".*verdict=\"good\".*} 16.0");
            assertThat(metrics).containsPattern("llm_slo_budget_remaining\\{.*slo=\"availability\".*} -199");
        }
    }

    @Test
    void a_score_given_later_counts_for_its_call() {
        try (RunningGateway gateway = start()) {
            HttpResponse<String> answer = gateway.chat("tokens=2; ttft_ms=0; gap_ms=0", CHAT);
            String request = json(answer).path("request_id").asString();
            HttpResponse<String> accepted = gateway.post(
                    "/evaluation",
                    "{\"request_id\":\"" + request + "\",\"evaluation\":\"faithfulness\",\"score\":0.4}");
            assertThat(accepted.statusCode()).isEqualTo(202);
            assertThat(objective(gateway, "faithfulness").path("error_ratio").asDouble())
                    .isEqualTo(1);
        }
    }

    @Test
    void a_bad_score_is_refused_by_name_and_an_unknown_request_is_not_found() {
        try (RunningGateway gateway = start()) {
            HttpResponse<String> bad =
                    gateway.post("/evaluation", "{\"request_id\":\"r\",\"evaluation\":\"faithfulness\",\"score\":1.5}");
            assertThat(bad.statusCode()).isEqualTo(400);
            assertThat(json(bad).path("error").path("message").asString())
                    .isEqualTo("score must be from 0.0 to 1.0, but was 1.5");
            assertThat(gateway.post(
                                    "/evaluation",
                                    "{\"request_id\":\"r\",\"evaluation\":\"faithfulness\",\"score\":0.5}")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void an_incident_pages_resolves_and_leaves_the_same_budget_after_a_restart() {
        double left;
        try (RunningGateway gateway = start()) {
            for (int minute = 0; minute < 10; minute++) {
                chats(gateway, 20, 5);
                pass(Duration.ofMinutes(1));
            }
            assertThat(pageState(objective(gateway, "availability"))).isEqualTo("firing");
            for (int minute = 0; minute < 40; minute++) {
                chats(gateway, 2, 0);
                pass(Duration.ofMinutes(1));
            }
            pass(Duration.ofHours(1));
            chats(gateway, 5, 0);
            assertThat(pageState(objective(gateway, "availability"))).isEqualTo("clear");
            left = objective(gateway, "availability").path("budget_remaining").asDouble();
            assertThat(left).isEqualTo(1 - 40.0 / 285 / 0.001, within(1e-9));
            assertThat(gateway.get("/metrics").body())
                    .containsPattern("llm_slo_budget_remaining\\{.*slo=\"availability\".*} " + left);
        }
        try (RunningGateway restarted = start()) {
            assertThat(objective(restarted, "availability")
                            .path("budget_remaining")
                            .asDouble())
                    .isEqualTo(left);
        }
    }
}
