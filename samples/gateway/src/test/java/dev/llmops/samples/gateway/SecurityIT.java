package dev.llmops.samples.gateway;

import static dev.llmops.samples.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/security.md promises of a gateway with credentials, by its own words. */
class SecurityIT {

    private static final String CHAT = "{\"user_id\":\"u1\",\"prompt\":\"hi\",\"budget_ms\":20000}";

    @TempDir
    Path folder;

    private RunningGateway gateway;

    private static String hash(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private Path credentials() throws IOException {
        return Files.writeString(folder.resolve("credentials.yml"), """
                credentials:
                  - {name: app, sha256: %s, role: call}
                  - {name: acme, sha256: %s, role: call, user: u-acme, tenant: acme}
                  - {name: slow, sha256: %s, role: call, requests_per_minute: 10}
                  - {name: dashboard, sha256: %s, role: observe}
                  - {name: ada, sha256: %s, role: operate}
                """.formatted(
                        hash("t-app"), hash("t-acme"), hash("t-slow"), hash("t-dash"), hash("t-ada")));
    }

    @BeforeEach
    void start() throws IOException {
        GatewayOptions options = new GatewayOptions();
        options.credentials = credentials();
        options.host = "0.0.0.0";
        assertThat(options.problems(Map.of())).isEmpty();
        gateway = new RunningGateway(options);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private int status(HttpResponse<String> response) {
        return response.statusCode();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/metrics",
                "/slo",
                "/cost?by=user",
                "/traces/x",
                "/gate",
                "/gate/plan",
                "/ui",
                "/ui/events",
                "/ui/traces/x",
                "/v1/models",
                "/unknown"
            })
    void nothing_is_shown_without_a_credential(String path) {
        assertThat(status(gateway.get(path))).isEqualTo(401);
        assertThat(status(gateway.get(path, "Authorization", "Bearer wrong"))).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/chat", "/feedback", "/evaluation", "/v1/chat/completions", "/release", "/release/r/decision"})
    void nothing_is_done_without_a_credential(String path) {
        assertThat(status(gateway.post(path, CHAT))).isEqualTo(401);
    }

    @Test
    void health_is_for_everyone() {
        assertThat(status(gateway.get("/health"))).isEqualTo(200);
    }

    @Test
    void a_browser_asks_for_the_token_as_a_password() {
        HttpResponse<String> asked = gateway.get("/ui", "Accept", "text/html");
        assertThat(asked.headers().firstValue("WWW-Authenticate"))
                .hasValue("Bearer, Basic realm=\"llmops gateway\", charset=\"UTF-8\"");
        assertThat(status(gateway.get("/ui", "Authorization", "Basic " + base64("ada:t-dash"))))
                .isEqualTo(200);
        assertThat(status(gateway.get("/ui", "Authorization", "Basic " + base64("ada:wrong"))))
                .isEqualTo(401);
        assertThat(status(gateway.get("/ui", "Authorization", "Basic ???"))).isEqualTo(401);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "t-app, /metrics, 403",
        "t-app, /traces/x, 403",
        "t-app, /ui, 403",
        "t-app, /ui/events, 403",
        "t-app, /ui/traces/x, 403",
        "t-dash, /ui, 200",
        "t-dash, /ui/traces/x, 404",
        "t-app, /v1/models, 200",
        "t-dash, /metrics, 200",
        "t-dash, /v1/models, 403",
        "t-ada, /metrics, 200",
        "t-ada, /v1/models, 403"
    })
    void each_role_reads_what_is_its_own(String token, String path, int status) {
        assertThat(status(gateway.get(path, "Authorization", "Bearer " + token)))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"t-app, 403", "t-dash, 403", "t-ada, 400"})
    void operators_alone_start_releases(String token, int status) {
        assertThat(status(gateway.post("/release", "{}", "Authorization", "Bearer " + token)))
                .isEqualTo(status);
    }

    @Test
    void user_and_tenant_come_from_the_credential() {
        HttpResponse<String> answer =
                gateway.post("/chat", CHAT, "Authorization", "Bearer t-acme", "x-tenant", "other", "x-trace-id", "t1");
        assertThat(status(answer)).isEqualTo(200);
        String trace =
                gateway.get("/traces/t1", "Authorization", "Bearer t-dash").body();
        assertThat(trace)
                .contains("\"user_id\":\"u-acme\"")
                .contains("\"tenant\":\"acme\"")
                .doesNotContain("other");
    }

    @Test
    void the_header_of_anthropic_clients_is_read_too() {
        assertThat(status(gateway.post("/chat", CHAT, "x-api-key", "t-app"))).isEqualTo(200);
    }

    @Test
    void a_credential_keeps_to_its_rate() {
        assertThat(status(gateway.get("/v1/models", "Authorization", "Bearer t-slow")))
                .isEqualTo(200);
        HttpResponse<String> refused = gateway.get("/v1/models", "Authorization", "Bearer t-slow");
        assertThat(status(refused)).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("6");
    }

    @Test
    void a_changed_file_holds_without_a_restart() throws IOException {
        Path file = folder.resolve("credentials.yml");
        Files.writeString(file, Files.readString(file).replace(hash("t-app"), hash("t-new")));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
        await().until(() -> status(gateway.get("/v1/models", "Authorization", "Bearer t-new")) == 200);
        assertThat(status(gateway.get("/v1/models", "Authorization", "Bearer t-app")))
                .isEqualTo(401);
    }

    @Test
    void a_broken_file_leaves_the_earlier_credentials() throws IOException {
        Path file = folder.resolve("credentials.yml");
        Files.writeString(file, "credentials: [{name: x, sha256: short, role: king}]");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
        await().pollDelay(Duration.ofMillis(1_500))
                .untilAsserted(() -> assertThat(status(gateway.get("/v1/models", "Authorization", "Bearer t-app")))
                        .isEqualTo(200));
    }

    @Test
    void a_refusal_says_what_is_needed() {
        HttpResponse<String> refused = gateway.get("/metrics", "Authorization", "Bearer t-app");
        assertThat(json(refused).path("error").path("message").asString())
                .isEqualTo("the role of app is call — observe or operate is needed — use another credential");
    }
}
