package dev.llmops.cli.internal.io;

import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Content;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.Timing;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.ToolCall;
import dev.llmops.core.version.VersionSet;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a call back from its record in the call log. What the log does not have, such as gaps between tokens, is absent. */
final class CallReader {

    private static final int NANOS_PER_MILLI = 1_000_000;

    private final Map<JsonNode, VersionSet> versionSets = new HashMap<>();

    CallRecord read(JsonNode line) {
        JsonNode latency = line.path("latency_ms");
        long duration = Math.max(0, nanos(latency.path("total")));
        return CallRecord.builder(info(line, duration), outcome(line), timing(latency, duration, line))
                .responseModel(text(line, "response_model"))
                .usage(usage(line))
                .error(error(line.path("error")))
                .finishReasons(texts(line.path("finish_reasons")))
                .refusal(line.path("refusal").asBoolean(false))
                .toolCalls(tools(line.path("tool_calls")))
                .retries(line.path("retries").asInt(0))
                .cost(cost(line.path("cost")))
                .content(new Content(text(line, "input"), text(line, "output")))
                .build();
    }

    private CallInfo info(JsonNode line, long durationNanos) {
        return CallInfo.builder(
                        UUID.fromString(line.path("call_id").asString()),
                        Instant.parse(line.path("timestamp").asString()).minusNanos(durationNanos),
                        new Operation(line.path("operation").asString("chat")),
                        line.path("provider").asString("unknown"),
                        line.path("model_id").asString("unknown"))
                .requestId(text(line, "request_id"))
                .traceId(text(line, "trace_id"))
                .conversationId(text(line, "conversation_id"))
                .user(text(line, "user_id"))
                .tenant(text(line, "tenant"))
                .feature(text(line, "feature"))
                .streaming(line.path("streaming").asBoolean(false))
                .versionSet(versionSets.computeIfAbsent(line.path("version_set"), CallReader::versionSet))
                .build();
    }

    private static VersionSet versionSet(JsonNode fields) {
        Map<String, String> parts = new HashMap<>();
        fields.properties().forEach(part -> {
            if (!part.getKey().equals("id")) {
                parts.put(part.getKey(), part.getValue().asString());
            }
        });
        return VersionSet.of(parts);
    }

    private static Timing timing(JsonNode latency, long duration, JsonNode line) {
        Timing.Builder timing = Timing.builder(duration);
        if (latency.has("first_chunk")) {
            timing.timeToFirstChunkNanos(nanos(latency.path("first_chunk")));
        }
        if (latency.has("first_token")) {
            timing.timeToFirstTokenNanos(nanos(latency.path("first_token")));
        }
        if (latency.has("generation") && line.has("tokens_out")) {
            timing.generation(
                    nanos(latency.path("generation")), line.path("tokens_out").asLong());
        }
        return timing.build();
    }

    private static TokenUsage usage(JsonNode line) {
        if (!line.has("tokens_in") || !line.has("tokens_out")) {
            return TokenUsage.unknown();
        }
        TokenUsage usage = TokenUsage.inclusive(
                line.path("tokens_in").asLong(), line.path("tokens_out").asLong());
        long cached = line.path("tokens").path("cached_input").asLong(0);
        return cached > 0 ? usage.cachedInput(cached) : usage;
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
        ErrorKind known = ErrorKind.standard().stream()
                .filter(standard -> standard.name().equals(kind))
                .findFirst()
                .orElse(ErrorKind.INTERNAL);
        return new CallError(known, error.path("type").asString(kind), OptionalInt.empty(), text(error, "message"));
    }

    private static @Nullable Cost cost(JsonNode cost) {
        if (!cost.isObject()) {
            return null;
        }
        String amount = cost.path("amount").asString("");
        CostState state = CostState.valueOf(cost.path("state").asString("exact").toUpperCase(Locale.ROOT));
        String currency = cost.path("currency").asString("USD");
        return amount.isEmpty()
                ? Cost.unpriced(currency)
                : new Cost(state, new BigDecimal(amount), currency, List.of(), null);
    }

    private static List<ToolCall> tools(JsonNode tools) {
        List<ToolCall> calls = new ArrayList<>();
        tools.values()
                .forEach(tool -> calls.add(new ToolCall(
                        tool.path("name").asString(""),
                        0,
                        Math.max(0, nanos(tool.path("latency_ms"))),
                        tool.path("success").asBoolean(true) ? null : ErrorKind.DEPENDENCY_FAILED)));
        return calls;
    }

    private static List<String> texts(JsonNode list) {
        return list.values().stream().map(JsonNode::asString).toList();
    }

    private static @Nullable String text(JsonNode line, String field) {
        return line.path(field).asString(null);
    }

    private static long nanos(JsonNode millis) {
        return Math.round(millis.asDouble(0) * NANOS_PER_MILLI);
    }
}
