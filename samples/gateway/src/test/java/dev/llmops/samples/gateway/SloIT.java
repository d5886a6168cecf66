package dev.llmops.samples.gateway;

import static dev.llmops.samples.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The objectives of the gateway, as JSON and as metrics. */
class SloIT {

    private static final String CHAT = "{\"user_id\":\"u1\",\"prompt\":\"hello\",\"budget_ms\":20000}";
    private static final String QUICK = "tokens=2; ttft_ms=0; gap_ms=0; faithfulness=0.97";

    @TempDir
    private Path dataDir;

    private RunningGateway start() {
        GatewayOptions options = new GatewayOptions();
        options.dataDir = dataDir;
        return new RunningGateway(options);
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
            JsonNode availability = gateway.objective("availability");
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
            assertThat(gateway.objective("faithfulness").path("error_ratio").asDouble())
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
                    .isEqualTo("score is 1.5 — 0.0 to 1.0 is allowed — send the request corrected");
            assertThat(gateway.post(
                                    "/evaluation",
                                    "{\"request_id\":\"r\",\"evaluation\":\"faithfulness\",\"score\":0.5}")
                            .statusCode())
                    .isEqualTo(404);
        }
    }
}
