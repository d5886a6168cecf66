package dev.llmops.samples.gateway;

import static dev.llmops.samples.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmops.cost.testing.PostgresServer;
import dev.llmops.cost.testing.RedisServer;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two gateways on one Redis have one budget, on one PostgreSQL one ledger. */
class FleetIT {

    private static final String CHAT = "{\"user_id\":\"u1\",\"prompt\":\"hello\",\"budget_ms\":60000}";
    private static final String SCRIPT = "tokens=100; input_tokens=1000; cached_tokens=400; ttft_ms=0; gap_ms=0";
    private static final BigDecimal OF_SCRIPT = new BigDecimal("0.00018");

    /** Room for the hold of a call, 0.0164, beside the cost of one that is over, and not of two. */
    private static final String ROOM = "0.0167";

    @Test
    void gateways_on_one_redis_spend_from_one_budget() throws Exception {
        try (RedisServer redis = RedisServer.onFreePort();
                RunningGateway first = onRedis(redis, "user=" + ROOM + "/year/closed");
                RunningGateway second = onRedis(redis, "user=" + ROOM + "/year/closed")) {
            assertThat(chat(first)).isEqualTo(200);
            await("the first call is settled").until(() -> chat(second) == 200);

            assertThat(chat(first)).isEqualTo(402);
            assertThat(chat(second)).isEqualTo(402);
        }
    }

    @Test
    void a_hold_of_one_gateway_leaves_no_room_at_the_other_until_its_client_has_left() throws Exception {
        try (RedisServer redis = RedisServer.onFreePort();
                RunningGateway first = onRedis(redis, "user=" + ROOM + "/year/closed");
                RunningGateway second = onRedis(redis, "user=" + ROOM + "/year/closed")) {
            String stream = CHAT.replace("}", ",\"stream\":true}");
            try (LeavingClient client =
                    LeavingClient.ask(first.address(), "/chat", "ttft_ms=0; gap_ms=60000", stream)) {
                client.readUntil("data: ");
                assertThat(chat(second)).isEqualTo(402);
            }
            await("the hold is settled").until(() -> chat(second) == 200);
        }
    }

    @Test
    void a_closed_budget_refuses_while_redis_is_away_and_an_open_one_lets_calls_through() throws Exception {
        try (RedisServer redis = RedisServer.onFreePort();
                RunningGateway closed = onRedis(redis, "global=5/year/closed");
                RunningGateway open = onRedis(redis, "global=5/year/open")) {
            assertThat(chat(closed)).isEqualTo(200);
            redis.stop();

            HttpResponse<String> refused = closed.chat(SCRIPT, CHAT);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(json(refused).path("error").path("type").asString()).isEqualTo("dependency_failed");
            assertThat(json(refused).path("error").path("message").asString())
                    .startsWith("budget 'global-year' (global) cannot be checked");
            assertThat(closed.scrape().by("llm_requests_total", "status")).containsEntry("rejected", 1.0);
            assertThat(chat(open)).isEqualTo(200);

            redis.start();
            await().until(() -> chat(closed) == 200);
        }
    }

    @Test
    void gateways_on_one_postgresql_write_one_ledger() throws Exception {
        try (PostgresServer postgres = PostgresServer.start()) {
            postgres.create("ledger");
            try (RunningGateway first = onPostgres(postgres);
                    RunningGateway second = onPostgres(postgres)) {
                for (int call = 0; call < 5; call++) {
                    chat(first);
                    chat(second);
                }
                chat(second);
                // Each waits for its own calls before it answers.
                sum(first);
                assertThat(sum(second)).isEqualByComparingTo(OF_SCRIPT.multiply(BigDecimal.valueOf(11)));
                assertThat(sum(first)).isEqualByComparingTo(sum(second));
            }
            try (RunningGateway third = onPostgres(postgres, "user=0.0165/year/closed")) {
                assertThat(sum(third)).isEqualByComparingTo(OF_SCRIPT.multiply(BigDecimal.valueOf(11)));
                assertThat(chat(third))
                        .as("its budget knows what the others spent")
                        .isEqualTo(402);
            }
        }
    }

    @Test
    void calls_go_on_while_postgresql_is_away_and_are_in_the_ledger_when_it_is_back() throws Exception {
        try (PostgresServer postgres = PostgresServer.start()) {
            postgres.create("ledger");
            try (RunningGateway gateway = onPostgres(postgres)) {
                chat(gateway);
                sum(gateway);
                postgres.stop();
                try {
                    assertThat(chat(gateway)).isEqualTo(200);
                    assertThat(gateway.get("/cost?by=user").statusCode()).isEqualTo(503);
                } finally {
                    postgres.resume();
                }
                await().until(() -> gateway.get("/cost?by=user").statusCode() == 200);
                assertThat(sum(gateway)).isEqualByComparingTo(OF_SCRIPT.add(OF_SCRIPT));
            }
        }
    }

    private static RunningGateway onRedis(RedisServer redis, String budget) {
        GatewayOptions options = new GatewayOptions();
        options.redis = redis.uri();
        options.budgets = RunningGateway.budgets(budget);
        return new RunningGateway(options);
    }

    private static RunningGateway onPostgres(PostgresServer postgres, String... budgets) {
        GatewayOptions options = new GatewayOptions();
        options.jdbcUrl = postgres.url("ledger");
        options.budgets = RunningGateway.budgets(budgets);
        return new RunningGateway(options);
    }

    private static int chat(RunningGateway gateway) {
        return gateway.chat(SCRIPT, CHAT).statusCode();
    }

    private static BigDecimal sum(RunningGateway gateway) {
        return StreamSupport.stream(
                        json(gateway.get("/cost?by=user")).path("rows").spliterator(), false)
                .map((JsonNode row) -> new BigDecimal(row.path("amount").asString()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
