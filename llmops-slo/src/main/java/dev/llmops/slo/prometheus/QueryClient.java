package dev.llmops.slo.prometheus;

import dev.llmops.core.http.HttpPolicy;
import dev.llmops.slo.internal.Yaml;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Sends queries to Prometheus over HTTP. A failure becomes an answer that says so. */
final class QueryClient {

    private static final int LONGEST_MESSAGE = 200;

    private final HttpPolicy http;
    private final String api;
    private final Duration timeout;

    QueryClient(HttpPolicy http, URI server, Duration timeout) {
        this.http = http;
        this.timeout = timeout;
        String base = server.toString();
        api = (base.endsWith("/") ? base : base + "/") + "api/v1/";
    }

    /** Evaluates an expression at one instant. */
    QueryAnswer query(String query, Instant at) {
        return send("query", "query=" + encoded(query) + "&time=" + at.getEpochSecond());
    }

    /** Evaluates an expression at each step of a range, both ends included; samples come in the order of series. */
    QueryAnswer range(String query, Instant from, Instant to, Duration step) {
        return send(
                "query_range",
                "query=" + encoded(query) + "&start=" + from.getEpochSecond() + "&end=" + to.getEpochSecond() + "&step="
                        + step.toSeconds());
    }

    private QueryAnswer send(String method, String form) {
        try {
            return answer(http.send(HttpRequest.newBuilder(URI.create(api + method))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form + "&timeout=" + timeout.toMillis() + "ms"))
                    .build()));
        } catch (HttpTimeoutException e) {
            return QueryAnswer.failed("Prometheus did not answer within " + timeout.toMillis() + " ms");
        } catch (InterruptedIOException e) {
            return QueryAnswer.failed("the reader was interrupted");
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return QueryAnswer.failed("Prometheus cannot be reached (" + shortened(reason) + ")");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static QueryAnswer answer(HttpPolicy.Answer reply) {
        if (reply.status() == 401 || reply.status() == 403) {
            return QueryAnswer.failed("Prometheus refused the credentials (HTTP " + reply.status() + ")");
        }
        JsonNode body;
        try {
            body = Yaml.readJson(reply.text());
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
            Map<String, String> labels = new LinkedHashMap<>();
            series.path("metric")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asString()));
            add(samples, labels, series.path("value"));
            series.path("values").values().forEach(point -> add(samples, labels, point));
        }
        List<String> warnings = body.path("warnings").values().stream()
                .map(warning -> shortened(warning.asString("")))
                .toList();
        return new QueryAnswer(List.copyOf(samples), warnings, "");
    }

    private static void add(List<QueryAnswer.Sample> samples, Map<String, String> labels, JsonNode point) {
        double value = number(point.path(1).asString(""));
        if (Double.isFinite(value)) {
            samples.add(new QueryAnswer.Sample(labels, point.path(0).asLong(0), value));
        }
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
