package dev.llmops.slo.backtest;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.Decimals;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.Timing;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.internal.Yaml;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads history from JSON lines: the call log of {@code llmops-logging}, or lines of the same fields from another source,
 * such as {@code timestamp}, {@code status}, {@code latency_ms.total} or {@code latency_ms}, {@code latency_ms.first_token},
 * {@code cost.amount}, and for later events {@code evaluation} and {@code score}, or {@code verdict}. Each line becomes
 * the call or event it was written from, and is judged as the engine judges it. A log that was sampled is refused, because it
 * keeps failures and drops successes.
 *
 * @since 0.1.0
 */
public final class JsonLinesHistory {

    /**
     * A history, and how complete it is.
     *
     * @param history the events
     * @param lines lines that are not blank
     * @param unreadable lines that are no JSON object, or have no time, no call, no score, no share of calls, or not the latency
     *     that counts
     */
    public record Result(EventHistory history, long lines, long unreadable) {}

    private final Objective objective;
    private final EventHistory history;
    private long lines;
    private long unreadable;

    private JsonLinesHistory(Objective objective, Duration step) {
        this.objective = objective;
        history = new EventHistory(step);
    }

    /**
     * Reads lines.
     *
     * @param objective the objective that judges; change its threshold to ask what if
     * @param lines the lines, such as those of {@code Files.lines}
     * @param step the resolution of the history, whole minutes
     * @return the history
     * @throws IllegalArgumentException if the log is sampled
     */
    public static Result read(Objective objective, Stream<String> lines, Duration step) {
        JsonLinesHistory reader = new JsonLinesHistory(objective, step);
        lines.filter(Predicate.not(String::isBlank)).forEach(reader::line);
        return new Result(reader.history, reader.lines, reader.unreadable);
    }

    private void line(String text) {
        lines++;
        double sampleRate = 1;
        try {
            JsonNode line = Yaml.readJson(text);
            sampleRate = sampleRate(line.path("sample_rate"));
            Instant at = Instant.parse(line.path("timestamp").asString(""));
            if (line.has("evaluation") || line.has("verdict")) {
                later(line, at);
            } else if (line.has("status")) {
                history.add(objective, call(line, at));
            } else if (!line.path("schema").asString("").startsWith("llmops.")) {
                unreadable++;
            }
        } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            unreadable++;
        }
        if (sampleRate < 1) {
            throw new IllegalArgumentException("the log is sampled (sample_rate " + sampleRate
                    + ") — a sampled log keeps failures and drops successes — log every call, or read Prometheus");
        }
    }

    private static double sampleRate(JsonNode written) {
        return written.isMissingNode() || written.isNull()
                ? 1
                : Decimals.sampleRate(written.isNumber() ? written.doubleValue() : Double.NaN);
    }

    private void later(JsonNode line, Instant at) {
        CallInfo call = info(line, at, 0);
        LlmEvent event = line.has("evaluation")
                ? new LlmEvent.Evaluation(
                        call, at, line.path("evaluation").asString(""), score(line.path("score")), null, null)
                : new LlmEvent.Feedback(
                        call,
                        at,
                        LlmEvent.Verdict.valueOf(
                                line.path("verdict").asString("").toUpperCase(Locale.ROOT)),
                        null);
        OptionalDouble badness = objective.badnessOf(event);
        if (call.purpose() == null && badness.isPresent()) {
            history.add(at, new Counts(badness.getAsDouble(), 1));
        }
    }

    private static double score(JsonNode score) {
        double number = score.asDouble(Double.NaN);
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("score is '" + score.asString("") + "'");
        }
        return number;
    }

    private CallRecord call(JsonNode line, Instant endedAt) {
        JsonNode latency = line.path("latency_ms");
        long duration = nanos(latency.isObject() ? latency.path("total") : latency);
        Outcome outcome = outcome(line);
        if (duration < 0 && outcome == Outcome.COMPLETED && measuresDuration(objective.indicator())) {
            throw new IllegalArgumentException("latency_ms is missing");
        }
        Timing.Builder timing = Timing.builder(Math.max(0, duration));
        long firstToken = nanos(latency.path("first_token"));
        if (firstToken >= 0) {
            timing.timeToFirstTokenNanos(firstToken);
        }
        long perToken = nanos(latency.path("per_output_token"));
        if (perToken >= 0) {
            timing.generation(perToken, 2);
        }
        return CallRecord.builder(info(line, endedAt, Math.max(0, duration)), outcome, timing.build())
                .error(error(line.path("error")))
                .cost(cost(line.path("cost")))
                .build();
    }

    private static CallInfo info(JsonNode line, Instant endedAt, long durationNanos) {
        return CallInfo.builder(
                        UUID.randomUUID(),
                        endedAt.minusNanos(durationNanos),
                        new Operation(line.path("operation").asString("chat")),
                        line.path("provider").asString("unknown"),
                        line.path("model_id").asString("unknown"))
                .tenant(line.path("tenant").asString(null))
                .feature(line.path("feature").asString(null))
                .purpose(line.path("purpose").asString(null))
                .build();
    }

    private static boolean measuresDuration(Indicator indicator) {
        return indicator instanceof Indicator.Goodput goodput
                ? goodput.parts().stream().anyMatch(JsonLinesHistory::measuresDuration)
                : indicator instanceof Indicator.Latency latency
                        && latency.measure() == Indicator.Latency.Measure.DURATION;
    }

    private static long nanos(JsonNode millis) {
        return Math.round(millis.asDouble(-1) * 1_000_000);
    }

    private static Outcome outcome(JsonNode line) {
        String status = line.path("status").asString("");
        return Arrays.stream(Outcome.values())
                .filter(outcome -> outcome.status().equals(status))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("status is '" + status + "'"));
    }

    private static @Nullable CallError error(JsonNode error) {
        if (!error.isObject()) {
            return null;
        }
        String kind = error.path("kind").asString("");
        return CallError.of(ErrorKind.standard().stream()
                .filter(known -> known.name().equals(kind))
                .findFirst()
                .orElse(ErrorKind.INTERNAL));
    }

    private static @Nullable Cost cost(JsonNode cost) {
        String amount = cost.path("amount").asString("");
        return amount.isEmpty()
                ? null
                : new Cost(
                        CostState.EXACT,
                        Decimals.parse(amount),
                        cost.path("currency").asString("USD"),
                        List.of(),
                        null);
    }
}
