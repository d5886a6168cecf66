package dev.llmops.slo.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.internal.Yaml;
import dev.llmops.slo.status.Incident;
import dev.llmops.slo.status.StatusJson;
import dev.llmops.slo.status.Statuses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AlertWebhookTest {

    private record Request(String body, String key, String authorization) {}

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final Deque<Integer> answers = new ConcurrentLinkedDeque<>();
    private final Telemetry telemetry = new Telemetry();
    private final CountDownLatch gate = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(new Request(
                    body,
                    exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                    exchange.getRequestHeaders().getFirst("Authorization")));
            Integer status = answers.pollFirst();
            exchange.sendResponseHeaders(status == null ? 204 : status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        gate.countDown();
        server.stop(0);
    }

    private AlertWebhook.Builder webhook() {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
        return AlertWebhook.builder(address).firstPause(Duration.ofMillis(1)).attempts(3);
    }

    private AlertWebhook start(AlertWebhook.Builder builder) {
        AlertWebhook webhook = builder.build();
        webhook.useTelemetry(telemetry);
        return webhook;
    }

    private static AlertListener.Change change(String id) {
        Instant at = Instant.parse("2026-01-01T00:05:00Z");
        Incident incident = new Incident(
                id, "answers", Map.of(Dimension.MODEL, "gpt-4o"), "page", at.minusSeconds(120), at, null, 0.25, null);
        return new AlertListener.Change(
                AlertListener.Change.Kind.FIRING, at, incident, Statuses.ofInstance(at), "page fires: \"because\"");
    }

    private Request next() throws InterruptedException {
        Request request = requests.poll(30, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        return request;
    }

    @Test
    void changeIsPostedAsJson() throws Exception {
        try (AlertWebhook webhook = start(webhook().bearerToken(() -> "secret"))) {
            webhook.alertChanged(change("i1"));
            Request request = next();
            JsonNode body = Yaml.readJson(request.body());
            assertThat(body.get("kind").asString()).isEqualTo("FIRING");
            assertThat(body.get("slo").asString()).isEqualTo("answers");
            assertThat(body.get("group").get("model").asString()).isEqualTo("gpt-4o");
            assertThat(body.get("severity").asString()).isEqualTo("page");
            assertThat(body.get("onset").asString()).isEqualTo("2026-01-01T00:03:00Z");
            assertThat(body.get("budget_spent").asDouble()).isEqualTo(0.25);
            assertThat(body.get("reason").asString()).isEqualTo("page fires: \"because\"");
            assertThat(body.has("resolved_at")).isFalse();
            assertThat(body.get("status"))
                    .isEqualTo(Yaml.readJson(
                            Yaml.writeJson(StatusJson.toMap(change("i1").status()))));
            assertThat(request.authorization()).isEqualTo("Bearer secret");
            assertThat(request.key()).isEqualTo("i1/FIRING/2026-01-01T00:05:00Z");
        }
    }

    @Test
    void serverErrors_areTriedAgain_underTheSameKey_andInOrder() throws Exception {
        answers.add(503);
        answers.add(429);
        try (AlertWebhook webhook = start(webhook())) {
            webhook.alertChanged(change("i1"));
            webhook.alertChanged(change("i2"));
            assertThat(next().key()).startsWith("i1/");
            assertThat(next().key()).startsWith("i1/");
            assertThat(next().key()).startsWith("i1/");
            assertThat(next().key()).startsWith("i2/");
            assertThat(telemetry.value(Telemetry.Kind.DROPPED, "slo.webhook")).isZero();
        }
    }

    @Test
    void attemptsRunOut_andTheLossIsCounted() throws Exception {
        answers.add(500);
        answers.add(500);
        answers.add(500);
        try (AlertWebhook webhook = start(webhook())) {
            webhook.alertChanged(change("i1"));
            webhook.alertChanged(change("i2"));
            for (int attempt = 1; attempt <= 3; attempt++) {
                assertThat(next().key()).startsWith("i1/");
            }
            assertThat(next().key()).startsWith("i2/");
            assertThat(telemetry.value(Telemetry.Kind.DROPPED, "slo.webhook")).isEqualTo(1);
        }
    }

    @Test
    void refusal_isNotRepeated() throws Exception {
        answers.add(400);
        try (AlertWebhook webhook = start(webhook())) {
            webhook.alertChanged(change("i1"));
            webhook.alertChanged(change("i2"));
            assertThat(next().key()).startsWith("i1/");
            assertThat(next().key()).startsWith("i2/");
            assertThat(telemetry.value(Telemetry.Kind.DROPPED, "slo.webhook")).isEqualTo(1);
        }
    }

    @Test
    void fullQueue_dropsAndCounts_andClosingDropsTheRest() {
        server.stop(0);
        AlertWebhook webhook = start(webhook().queueSize(2).firstPause(Duration.ofMinutes(1)));
        for (int i = 0; i < 5; i++) {
            webhook.alertChanged(change("i" + i));
        }
        assertThat(telemetry.value(Telemetry.Kind.DROPPED, "slo.webhook")).isEqualTo(3);
        webhook.close();
        assertThat(telemetry.value(Telemetry.Kind.DROPPED, "slo.webhook")).isEqualTo(5);
    }

    @Test
    void addressThatIsNone_isRefused() {
        assertThatThrownBy(() -> AlertWebhook.builder(URI.create("mailto:me")))
                .hasMessage("address is mailto:me — an http or https address — pass https://hooks.example/slo");
    }
}
