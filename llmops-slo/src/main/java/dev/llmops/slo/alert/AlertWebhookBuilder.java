package dev.llmops.slo.alert;

import dev.llmops.slo.internal.Yaml;
import dev.llmops.slo.status.Incident;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects the parts of an {@link AlertWebhook}. Not safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class AlertWebhookBuilder {

    final URI address;
    Duration timeout = Duration.ofSeconds(10);
    Duration firstPause = Duration.ofSeconds(1);
    int attempts = 6;
    int queueSize = 1_000;
    private @Nullable Supplier<String> authorization;

    AlertWebhookBuilder(URI address) {
        String scheme = address.getScheme();
        if (address.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("address must be an http or https address, but was " + address);
        }
        this.address = address;
    }

    /**
     * Sets how long one attempt may take; 10 seconds by default.
     *
     * @param limit at least a millisecond
     * @return this builder
     * @throws IllegalArgumentException if the limit is shorter
     */
    public AlertWebhookBuilder timeout(Duration limit) {
        timeout = requirePositive("timeout", limit);
        return this;
    }

    /**
     * Sets the pause after the first failed attempt; each further one is twice as long, a minute at most. One second by
     * default.
     *
     * @param pause at least a millisecond
     * @return this builder
     * @throws IllegalArgumentException if the pause is shorter
     */
    public AlertWebhookBuilder firstPause(Duration pause) {
        firstPause = requirePositive("firstPause", pause);
        return this;
    }

    /**
     * Sets how often one change is tried; 6 times by default.
     *
     * @param number &ge; 1
     * @return this builder
     * @throws IllegalArgumentException if the number is below 1
     */
    public AlertWebhookBuilder attempts(int number) {
        attempts = requirePositive("attempts", number);
        return this;
    }

    /**
     * Sets how many changes may wait; 1 000 by default.
     *
     * @param number &ge; 1
     * @return this builder
     * @throws IllegalArgumentException if the number is below 1
     */
    public AlertWebhookBuilder queueSize(int number) {
        queueSize = requirePositive("queueSize", number);
        return this;
    }

    /**
     * Sends a bearer token.
     *
     * @param token gives the token, and is asked before each attempt
     * @return this builder
     */
    public AlertWebhookBuilder bearerToken(Supplier<String> token) {
        authorization = Objects.requireNonNull(token, "token");
        return this;
    }

    /**
     * Builds the webhook.
     *
     * @return the webhook
     */
    public AlertWebhook build() {
        AlertWebhookBuilder copy = new AlertWebhookBuilder(address);
        copy.timeout = timeout;
        copy.firstPause = firstPause;
        copy.attempts = attempts;
        copy.queueSize = queueSize;
        copy.authorization = authorization;
        return new AlertWebhook(copy);
    }

    private static Duration requirePositive(String name, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(name + " must be at least 1 ms, but was " + value);
        }
        return value;
    }

    private static int requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be >= 1, but was " + value);
        }
        return value;
    }

    HttpRequest request(AlertChange change) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", change.incident().id() + "/" + change.kind() + "/" + change.at())
                .POST(HttpRequest.BodyPublishers.ofString(body(change)));
        if (authorization != null) {
            request.header("Authorization", "Bearer " + authorization.get());
        }
        return request.build();
    }

    private static String body(AlertChange change) {
        Incident incident = change.incident();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("kind", change.kind().name());
        body.put("at", change.at().toString());
        body.put("id", incident.id());
        body.put("slo", incident.slo());
        Map<String, String> group = new LinkedHashMap<>();
        incident.group().forEach((dimension, value) -> group.put(dimension.label(), value));
        body.put("group", group);
        body.put("severity", incident.severity());
        body.put("onset", incident.onset().toString());
        body.put("fired_at", incident.firedAt().toString());
        incident.resolvedAt().ifPresent(end -> body.put("resolved_at", end.toString()));
        body.put("budget_spent", incident.budgetSpent());
        body.put("view", change.view().name());
        body.put("reason", change.reason());
        return Yaml.writeJson(body);
    }
}
