package dev.llmops.samples.gateway;

import static dev.llmops.samples.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Money: on the answer, by dimension, and within budgets. */
class CostIT {

    private static final String CHAT = "{\"user_id\":\"u1\",\"prompt\":\"hello\",\"budget_ms\":20000}";
    private static final String SCRIPT = "tokens=100; input_tokens=1000; cached_tokens=400; ttft_ms=0; gap_ms=0";

    /** 600 fresh tokens at 0.15, 400 cached ones at 0.075 and 100 output tokens at 0.60 USD per million. */
    private static final BigDecimal OF_SCRIPT = new BigDecimal("0.00018");

    @TempDir
    private Path dataDir;

    private RunningGateway start(String... budgets) {
        GatewayOptions options = new GatewayOptions();
        options.dataDir = dataDir;
        options.budgets = RunningGateway.budgets(budgets);
        return new RunningGateway(options);
    }

    private static BigDecimal amountOf(JsonNode json) {
        return new BigDecimal(json.path("amount").asString());
    }

    @Test
    void a_call_costs_what_its_price_says_to_the_last_digit() {
        try (RunningGateway gateway = start()) {
            JsonNode cost = json(gateway.chat(SCRIPT, CHAT)).path("cost");
            assertThat(amountOf(cost)).isEqualByComparingTo(OF_SCRIPT);
            assertThat(cost.path("currency").asString()).isEqualTo("USD");
            assertThat(cost.path("state").asString()).isEqualTo("exact");
        }
    }

    @Test
    void a_model_without_a_price_is_unpriced_and_never_free() {
        try (RunningGateway gateway = start()) {
            JsonNode cost = json(gateway.chat(SCRIPT, CHAT.replace("}", ",\"model\":\"no-such-model\"}")))
                    .path("cost");
            assertThat(cost.path("state").asString()).isEqualTo("unpriced");
            assertThat(cost.path("amount").isNull()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "tenant", "feature", "model", "version_set"})
    void costs_add_up_by_every_dimension(String dimension) {
        try (RunningGateway gateway = start()) {
            gateway.chat(SCRIPT, CHAT);
            gateway.chat(SCRIPT, CHAT);
            JsonNode answer = json(gateway.get("/cost?by=" + dimension));
            assertThat(answer.path("by").asString()).isEqualTo(dimension);
            assertThat(answer.path("rows")).singleElement().satisfies(row -> {
                assertThat(amountOf(row)).isEqualByComparingTo(OF_SCRIPT.add(OF_SCRIPT));
                assertThat(row.path("calls").asInt()).isEqualTo(2);
                assertThat(row.path("tokens_in").asInt()).isEqualTo(2000);
                assertThat(row.path("tokens_out").asInt()).isEqualTo(200);
            });
        }
    }

    @Test
    void costs_come_a_page_at_a_time() {
        try (RunningGateway gateway = start()) {
            for (String user : List.of("u1", "u2", "u3")) {
                gateway.chat(SCRIPT, CHAT.replace("u1", user));
            }
            JsonNode first = json(gateway.get("/cost?by=user&limit=2"));
            assertThat(first.path("rows")).hasSize(2);
            assertThat(first.path("total_rows").asInt()).isEqualTo(3);
            JsonNode last = json(gateway.get(
                    "/cost?by=user&limit=2&offset=" + first.path("next_offset").asInt()));
            assertThat(last.path("rows")).hasSize(1);
            assertThat(last.has("next_offset")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=1e999999999", "offset=-1", "offset=99999999999"})
    void a_page_that_is_none_is_refused_by_name(String page) {
        try (RunningGateway gateway = start()) {
            HttpResponse<String> response = gateway.get("/cost?by=user&" + page);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(json(response).path("error").path("param").asString()).isEqualTo(page.replaceFirst("=.*", ""));
        }
    }

    @Test
    void an_unknown_dimension_is_refused_by_name() {
        try (RunningGateway gateway = start()) {
            HttpResponse<String> response = gateway.get("/cost?by=colour");
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(json(response).path("error").path("param").asString()).isEqualTo("by");
        }
    }

    @Test
    void a_spent_budget_refuses_the_next_call_before_the_model_works() {
        try (RunningGateway gateway = start("user=0.000001/day/closed")) {
            HttpResponse<String> refused = gateway.chat(SCRIPT, CHAT);
            assertThat(refused.statusCode()).isEqualTo(402);
            JsonNode error = json(refused).path("error");
            assertThat(error.path("type").asString()).isEqualTo("budget_exceeded");
            assertThat(error.path("message").asString()).contains("user-day");
            String metrics = gateway.get("/metrics").body();
            assertThat(metrics).containsPattern("llm_requests_total\\{.*status=\"rejected\".*} 1.0");
            assertThat(metrics).containsPattern("llm_active_requests\\{.*} 0.0");
        }
    }
}
