package dev.llmops.slo.alert;

import dev.llmops.core.http.HttpPolicy;
import dev.llmops.slo.internal.Yaml;
import dev.llmops.slo.status.Incident;
import dev.llmops.slo.status.StatusJson;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Collects the parts of an {@link AlertWebhook}. Not safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class AlertWebhookBuilder {

    final URI address;
    Duration firstPause = Duration.ofSeconds(1);
    int attempts = 6;
    int queueSize = 1_000;
    final HttpPolicy.Builder http;

    AlertWebhookBuilder(URI address) {
        this(address, HttpPolicy.builder());
    }

    private AlertWebhookBuilder(URI address, HttpPolicy.Builder http) {
        String scheme = address.getScheme();
        if (address.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException(
                    "address is " + address + " — an http or https address — pass https://hooks.example/slo");
        }
        this.address = address;
        this.http = http;
    }

    /**
     * Sets how long one attempt may take; 10 seconds by default.
     *
     * @param limit at least a millisecond
     * @return this builder
     * @throws IllegalArgumentException if the limit is shorter
     */
    public AlertWebhookBuilder timeout(Duration limit) {
        http.timeout(limit);
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
        http.bearerToken(token);
        return this;
    }

    /**
     * Sets the proxy; the system's settings by default.
     *
     * @param selector the proxy selector
     * @return this builder
     */
    public AlertWebhookBuilder proxy(ProxySelector selector) {
        http.proxy(selector);
        return this;
    }

    /**
     * Builds the webhook.
     *
     * @return the webhook
     */
    public AlertWebhook build() {
        AlertWebhookBuilder copy = new AlertWebhookBuilder(address, http);
        copy.firstPause = firstPause;
        copy.attempts = attempts;
        copy.queueSize = queueSize;
        return new AlertWebhook(copy);
    }

    private static Duration requirePositive(String name, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(name + " is " + value + " — at least 1 ms — pass Duration.ofSeconds(1)");
        }
        return value;
    }

    private static int requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + " — at least 1 — leave it out for the default");
        }
        return value;
    }

    HttpRequest request(AlertListener.Change change) {
        return HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", change.incident().id() + "/" + change.kind() + "/" + change.at())
                .POST(HttpRequest.BodyPublishers.ofString(body(change)))
                .build();
    }

    private static String body(AlertListener.Change change) {
        Incident incident = change.incident();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("kind", change.kind().name());
        body.put("at", change.at().toString());
        body.put("id", incident.id());
        body.put("slo", incident.slo());
        body.put("group", StatusJson.group(incident.group()));
        body.put("severity", incident.severity());
        body.put("onset", incident.onset().toString());
        body.put("fired_at", incident.firedAt().toString());
        incident.resolvedAt().ifPresent(end -> body.put("resolved_at", end.toString()));
        body.put("budget_spent", incident.budgetSpent());
        body.put("view", change.status().view().name());
        body.put("reason", change.reason());
        body.put("status", StatusJson.toMap(change.status()));
        return Yaml.writeJson(body);
    }
}
