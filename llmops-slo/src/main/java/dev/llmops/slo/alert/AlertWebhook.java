package dev.llmops.slo.alert;

import dev.llmops.core.http.HttpPolicy;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.telemetry.TelemetryAware;
import dev.llmops.slo.internal.Yaml;
import dev.llmops.slo.status.Incident;
import dev.llmops.slo.status.StatusJson;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts alert changes as JSON to an address, one after the other and in order. Server errors, HTTP 429 and broken
 * connections are tried again with growing pauses; what is refused otherwise, does not fit into the queue, or has used
 * up its attempts is dropped, logged, and counted as {@code llm.telemetry.dropped} at {@code slo.webhook}.
 *
 * <pre>{@code
 * AlertWebhook webhook = AlertWebhook.builder(URI.create("https://hooks.example/slo")).build();
 * SloEngine.builder().alertListener(webhook)...
 * }</pre>
 *
 * <p>The body holds {@code kind, at, id, slo, group, severity, onset, fired_at, resolved_at, budget_spent, view, reason} and
 * {@code status}, the object that {@link StatusJson} writes;
 * the header {@code Idempotency-Key} is the same for every attempt at one change. Safe for use by many threads; telling
 * it of a change never blocks.
 *
 * @since 0.1.0
 */
public final class AlertWebhook implements AlertListener, TelemetryAware, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("llmops.slo");
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Builder settings;
    private final HttpPolicy http;
    private final Deque<AlertListener.Change> queue = new ArrayDeque<>();
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "llmops-slo-webhook");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Telemetry telemetry = new Telemetry();
    private @Nullable ScheduledFuture<?> pending;
    private int attempt;
    private boolean closed;

    AlertWebhook(Builder settings) {
        this.settings = settings;
        http = settings.http.build();
    }

    /**
     * Starts a webhook.
     *
     * @param address where changes are posted to
     * @return a builder
     */
    public static Builder builder(URI address) {
        return new Builder(address);
    }

    @Override
    public void useTelemetry(Telemetry shared) {
        telemetry = shared;
    }

    @Override
    public void alertChanged(AlertListener.Change change) {
        synchronized (queue) {
            if (closed || queue.size() >= settings.queueSize) {
                drop(change, closed ? "it is closed" : "its queue is full");
                return;
            }
            queue.addLast(change);
            if (queue.size() == 1) {
                schedule(Duration.ZERO);
            }
        }
    }

    private void schedule(Duration pause) {
        pending = executor.schedule(this::deliver, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void deliver() {
        AlertListener.Change change;
        synchronized (queue) {
            if (closed) {
                return;
            }
            change = queue.getFirst();
        }
        String trouble = "";
        Duration pause = Duration.ZERO;
        boolean again = false;
        try {
            HttpPolicy.Answer answer = http.send(settings.request(change));
            int status = answer.status();
            trouble = status / 100 == 2 ? "" : "HTTP " + status;
            again = status == 429 || status / 100 == 5;
            pause = retryAfter(answer);
        } catch (InterruptedIOException e) {
            return;
        } catch (IOException e) {
            trouble = e.getClass().getSimpleName();
            again = true;
        } catch (RuntimeException e) {
            trouble = "the request cannot be made: " + e.getClass().getSimpleName();
        }
        finish(change, trouble, again, pause);
    }

    private void finish(AlertListener.Change change, String trouble, boolean again, Duration asked) {
        synchronized (queue) {
            if (closed) {
                return;
            }
            attempt++;
            if (again && attempt < settings.attempts) {
                Duration pause = settings.firstPause.multipliedBy(1L << Math.min(attempt - 1, 20));
                Duration longer = asked.compareTo(pause) > 0 ? asked : pause;
                schedule(longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer);
                return;
            }
            if (!trouble.isEmpty()) {
                drop(change, "it answered " + trouble + " at attempt " + attempt);
            }
            attempt = 0;
            queue.removeFirst();
            if (!queue.isEmpty()) {
                schedule(Duration.ZERO);
            }
        }
    }

    private static Duration retryAfter(HttpPolicy.Answer answer) {
        String seconds = answer.headers().firstValue("Retry-After").orElse("");
        return seconds.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    }

    private void drop(AlertListener.Change change, String why) {
        telemetry.count(Telemetry.Kind.DROPPED, "slo.webhook");
        LOG.error(
                "alert change {} of {} did not reach the webhook at {}: {}",
                change.kind(),
                change.incident().id(),
                settings.address.getHost(),
                why);
    }

    /** Stops posting; what is still queued is dropped, logged and counted. */
    @Override
    public void close() {
        synchronized (queue) {
            if (!closed) {
                closed = true;
                queue.forEach(change -> drop(change, "it was closed first"));
                queue.clear();
                if (pending != null) {
                    pending.cancel(false);
                }
                executor.shutdown();
            }
        }
    }

    /** Collects the parts of an {@link AlertWebhook}. Not safe for use by many threads. */
    public static final class Builder {

        final URI address;
        Duration firstPause = Duration.ofSeconds(1);
        int attempts = 6;
        int queueSize = 1_000;
        final HttpPolicy.Builder http;

        Builder(URI address) {
            this(address, HttpPolicy.builder());
        }

        private Builder(URI address, HttpPolicy.Builder http) {
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
        public Builder timeout(Duration limit) {
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
        public Builder firstPause(Duration pause) {
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
        public Builder attempts(int number) {
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
        public Builder queueSize(int number) {
            queueSize = requirePositive("queueSize", number);
            return this;
        }

        /**
         * Sends a bearer token.
         *
         * @param token gives the token, and is asked before each attempt
         * @return this builder
         */
        public Builder bearerToken(Supplier<String> token) {
            http.bearerToken(token);
            return this;
        }

        /**
         * Sets the proxy; the system's settings by default.
         *
         * @param selector the proxy selector
         * @return this builder
         */
        public Builder proxy(ProxySelector selector) {
            http.proxy(selector);
            return this;
        }

        /**
         * Builds the webhook.
         *
         * @return the webhook
         */
        public AlertWebhook build() {
            Builder copy = new Builder(address, http);
            copy.firstPause = firstPause;
            copy.attempts = attempts;
            copy.queueSize = queueSize;
            return new AlertWebhook(copy);
        }

        private static Duration requirePositive(String name, Duration value) {
            if (value.toMillis() < 1) {
                throw new IllegalArgumentException(
                        name + " is " + value + " — at least 1 ms — pass Duration.ofSeconds(1)");
            }
            return value;
        }

        private static int requirePositive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(
                        name + " is " + value + " — at least 1 — leave it out for the default");
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
}
