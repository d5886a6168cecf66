package dev.llmops.slo.prometheus;

import dev.llmops.slo.internal.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Asks Prometheus instant queries over HTTP. Whatever goes wrong becomes an answer that says so. */
final class QueryClient {

    private static final int MOST_BYTES = 16 * 1024 * 1024;
    private static final int LONGEST_MESSAGE = 200;

    private final HttpClient http;
    private final URI endpoint;
    private final Duration timeout;
    private final Supplier<String> authorization;

    QueryClient(HttpClient http, URI server, Duration timeout, Supplier<String> authorization) {
        this.http = http;
        this.timeout = timeout;
        this.authorization = authorization;
        String base = server.toString();
        endpoint = URI.create((base.endsWith("/") ? base : base + "/") + "api/v1/query");
    }

    private record Reply(int status, String body) {}

    QueryAnswer query(String query, Instant at) {
        // The timeout of a request ends with its headers; this one covers the body too.
        CompletableFuture<HttpResponse<InputStream>> response;
        try {
            response = http.sendAsync(request(query, at), HttpResponse.BodyHandlers.ofInputStream());
        } catch (RuntimeException e) {
            return QueryAnswer.failed(
                    "the request cannot be made (" + e.getClass().getSimpleName() + ")");
        }
        CompletableFuture<Reply> reply = response.thenApplyAsync(QueryClient::read);
        try {
            return answer(reply.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            if (!response.cancel(true) && !response.isCompletedExceptionally()) {
                close(response.join());
            }
            return tooSlow();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            // The client watches the same limit and may be the first to see it pass.
            if (cause instanceof HttpTimeoutException) {
                return tooSlow();
            }
            return QueryAnswer.failed("Prometheus cannot be reached (" + shortened(cause.toString()) + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return QueryAnswer.failed("the reader was interrupted");
        }
    }

    private QueryAnswer tooSlow() {
        return QueryAnswer.failed("Prometheus did not answer within " + timeout.toMillis() + " ms");
    }

    private HttpRequest request(String query, Instant at) {
        String form =
                "query=" + encoded(query) + "&time=" + at.getEpochSecond() + "&timeout=" + timeout.toMillis() + "ms";
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(timeout)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        String credentials = authorization.get();
        if (!credentials.isEmpty()) {
            request.header("Authorization", credentials);
        }
        return request.build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Reply read(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("the answer is longer than " + MOST_BYTES + " bytes");
            }
            return new Reply(response.statusCode(), new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(HttpResponse<InputStream> response) {
        try {
            response.body().close();
        } catch (IOException e) {
            // It is thrown away anyhow.
        }
    }

    private static QueryAnswer answer(Reply reply) {
        if (reply.status() == 401 || reply.status() == 403) {
            return QueryAnswer.failed("Prometheus refused the credentials (HTTP " + reply.status() + ")");
        }
        JsonNode body;
        try {
            body = Yaml.readJson(reply.body());
        } catch (JacksonException e) {
            return QueryAnswer.failed(
                    "Prometheus answered HTTP " + reply.status() + " without JSON; is the address right?");
        }
        if (!body.path("status").asString("").equals("success")) {
            return QueryAnswer.failed("Prometheus answered HTTP " + reply.status() + ": "
                    + shortened(body.path("error").asString("no reason given")));
        }
        List<QueryAnswer.Sample> samples = new ArrayList<>();
        for (JsonNode series : body.path("data").path("result").values()) {
            double value = number(series.path("value").path(1).asString(""));
            if (Double.isFinite(value)) {
                Map<String, String> labels = new LinkedHashMap<>();
                series.path("metric")
                        .properties()
                        .forEach(label ->
                                labels.put(label.getKey(), label.getValue().asString()));
                samples.add(new QueryAnswer.Sample(labels, value));
            }
        }
        List<String> warnings = body.path("warnings").values().stream()
                .map(warning -> shortened(warning.asString("")))
                .toList();
        return new QueryAnswer(List.copyOf(samples), warnings, "");
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text); // NaN as Java writes it; infinities come as +Inf
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "…";
    }
}
