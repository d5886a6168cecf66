package dev.llmops.logging.read;

import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Content;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.Decimals;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.record.Timing;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.ToolCall;
import dev.llmops.core.version.VersionSet;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Makes a call of the fields of its record, the inverse of {@link CallProjection} as far as records go. */
final class RecordReader {

    private static final BigDecimal NANOS_PER_MILLI = BigDecimal.valueOf(1_000_000);
    private static final int KEPT_VERSION_SETS = 1000;
    /** Nearly all calls share a few, and each costs a digest. */
    private static final Map<Map<String, Object>, VersionSet> VERSION_SETS = new ConcurrentHashMap<>();

    private final Map<String, Object> line;

    RecordReader(Map<String, Object> line) {
        this.line = line;
    }

    CallRecord call(Instant endedAt) {
        Map<String, Object> latency = map(line, "latency_ms");
        long duration = Math.max(0, nanos(latency, "total", 0));
        return CallRecord.builder(info(endedAt.minusNanos(duration)), outcome(), timing(latency, duration))
                .responseModel(text(line, "response_model"))
                .usage(usage())
                .error(error(map(line, "error")))
                .finishReasons(list(line, "finish_reasons").stream()
                        .map(String::valueOf)
                        .toList())
                .refusal(flag(line, "refusal"))
                .toolCalls(tools())
                .retries((int) number(line, "retries", 0))
                .cache(cache())
                .cost(cost(map(line, "cost")))
                .risks(risks())
                .content(new Content(text(line, "input"), text(line, "output")))
                .attributes(attributes(map(line, "attributes")))
                .build();
    }

    CallInfo info(Instant startedAt) {
        return CallInfo.builder(
                        callId(text(line, "call_id", "")),
                        startedAt,
                        new Operation(text(line, "operation", "chat")),
                        text(line, "provider", "unknown"),
                        text(line, "model_id", "unknown"))
                .requestId(text(line, "request_id"))
                .traceId(text(line, "trace_id"))
                .spanId(text(line, "span_id"))
                .conversationId(text(line, "conversation_id"))
                .user(text(line, "user_id"))
                .tenant(text(line, "tenant"))
                .feature(text(line, "feature"))
                .purpose(text(line, "purpose"))
                .serverAddress(text(line, "server_address"))
                .streaming(flag(line, "streaming"))
                .versionSet(versionSet(map(line, "version_set")))
                .build();
    }

    private static UUID callId(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "call_id is no UUID ('" + shown(text) + "') — that of a call is read — skip the line", e);
        }
    }

    private static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private static VersionSet versionSet(Map<String, Object> fields) {
        VersionSet known = VERSION_SETS.get(fields);
        if (known != null) {
            return known;
        }
        Map<String, String> parts = new HashMap<>();
        fields.forEach((part, version) -> parts.put(part, version.toString()));
        parts.remove("id");
        VersionSet versionSet = VersionSet.of(parts);
        if (VERSION_SETS.size() < KEPT_VERSION_SETS) {
            VERSION_SETS.put(fields, versionSet);
        }
        return versionSet;
    }

    private Timing timing(Map<String, Object> latency, long duration) {
        Timing.Builder timing = Timing.builder(duration);
        if (latency.containsKey("first_chunk")) {
            timing.timeToFirstChunkNanos(nanos(latency, "first_chunk", 0));
        }
        if (latency.containsKey("first_token")) {
            timing.timeToFirstTokenNanos(nanos(latency, "first_token", 0));
        }
        if (latency.containsKey("first_output")) {
            timing.timeToFirstOutputNanos(nanos(latency, "first_output", 0));
        }
        if (latency.containsKey("generation")) {
            long generation = nanos(latency, "generation", 0);
            long perToken = nanos(latency, "per_output_token", 0);
            long tokens =
                    perToken > 0 ? Math.round((double) generation / perToken) + 1 : number(line, "tokens_out", -1);
            timing.generation(generation, tokens);
        }
        return timing.build();
    }

    private TokenUsage usage() {
        OptionalLong input = count("tokens_in");
        OptionalLong output = count("tokens_out");
        Map<String, Object> tokens = map(line, "tokens");
        if (input.isEmpty() && output.isEmpty()) {
            return TokenUsage.unknown();
        }
        TokenUsage usage = text(tokens, "origin", "").equals("estimated")
                ? TokenUsage.estimated(input, output)
                : TokenUsage.inclusive(input.orElse(-1), output.orElse(-1));
        return usage.cachedInput(number(tokens, "cached_input", 0))
                .cacheWrite(number(tokens, "cache_write", 0))
                .reasoning(number(tokens, "reasoning", 0));
    }

    private OptionalLong count(String field) {
        return line.containsKey(field) ? OptionalLong.of(number(line, field, 0)) : OptionalLong.empty();
    }

    private Outcome outcome() {
        String status = text(line, "status", "");
        return Arrays.stream(Outcome.values())
                .filter(outcome -> outcome.status().equals(status))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("status is unknown ('" + status
                        + "') — the words of the log's schema are read — skip the line"));
    }

    private @Nullable CacheResult cache() {
        Object hit = line.get("cache_hit");
        return hit == null ? null : Boolean.TRUE.equals(hit) ? CacheResult.HIT : CacheResult.MISS;
    }

    private static @Nullable CallError error(Map<String, Object> error) {
        if (error.isEmpty()) {
            return null;
        }
        String kind = text(error, "kind", "");
        ErrorKind known = ErrorKind.standard().stream()
                .filter(standard -> standard.name().equals(kind))
                .findFirst()
                .orElse(ErrorKind.INTERNAL);
        OptionalInt status = error.containsKey("http_status")
                ? OptionalInt.of((int) number(error, "http_status", 0))
                : OptionalInt.empty();
        return new CallError(known, text(error, "type", kind), status, text(error, "message"));
    }

    private static @Nullable Cost cost(Map<String, Object> cost) {
        if (cost.isEmpty()) {
            return null;
        }
        Object amount = cost.get("amount");
        String currency = text(cost, "currency", "USD");
        CostState state = CostState.valueOf(text(cost, "state", "exact").toUpperCase(Locale.ROOT));
        return amount == null
                ? Cost.unpriced(currency)
                : new Cost(state, amount(amount.toString()), currency, List.of(), null);
    }

    private static BigDecimal amount(String text) {
        try {
            return Decimals.parse(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "cost.amount cannot be read (" + shown(text) + ") — a number of at most " + Decimals.MAX_DIGITS
                            + " digits is read — skip the line",
                    e);
        }
    }

    private List<ToolCall> tools() {
        List<ToolCall> calls = new ArrayList<>();
        for (Map<String, Object> tool : maps(line, "tool_calls")) {
            ErrorKind error = flag(tool, "success") ? null : ErrorKind.DEPENDENCY_FAILED;
            calls.add(new ToolCall(text(tool, "name", ""), 0, Math.max(0, nanos(tool, "latency_ms", 0)), error));
        }
        return calls;
    }

    private List<RiskFinding> risks() {
        return maps(line, "risk").stream().map(RecordReader::risk).toList();
    }

    static RiskFinding risk(Map<String, Object> risk) {
        return new RiskFinding(text(risk, "type", ""), text(risk, "action", ""), text(risk, "detail"));
    }

    private static Map<String, Object> attributes(Map<String, Object> logged) {
        Map<String, Object> attributes = new LinkedHashMap<>(logged);
        attributes.replaceAll((name, value) -> value instanceof BigDecimal number ? number.doubleValue() : value);
        return attributes;
    }

    static @Nullable String text(Map<String, Object> map, String field) {
        return map.get(field) instanceof String text ? text : null;
    }

    static String text(Map<String, Object> map, String field, String otherwise) {
        return map.get(field) instanceof String text ? text : otherwise;
    }

    private static boolean flag(Map<String, Object> map, String field) {
        return Boolean.TRUE.equals(map.get(field));
    }

    private static long number(Map<String, Object> map, String field, long otherwise) {
        return map.containsKey(field) ? quantity(map, field).longValue() : otherwise;
    }

    private static long nanos(Map<String, Object> map, String field, long otherwise) {
        return map.containsKey(field)
                ? Math.round(new BigDecimal(quantity(map, field).toString())
                        .multiply(NANOS_PER_MILLI)
                        .doubleValue())
                : otherwise;
    }

    private static Number quantity(Map<String, Object> map, String field) {
        Object written = map.get(field);
        try {
            Number number = written instanceof Number given ? given : Double.NaN;
            var unusedQuantity = Decimals.quantity(number.doubleValue());
            return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    field + " is none that a call has (" + shown(String.valueOf(written)) + ") — a number from 0 to "
                            + Decimals.MAX_QUANTITY + " is read — skip the line",
                    e);
        }
    }

    @SuppressWarnings("unchecked") // objects of JSON have texts as keys
    static Map<String, Object> map(Map<String, Object> map, String field) {
        return map.get(field) instanceof Map<?, ?> object ? (Map<String, Object>) object : Map.of();
    }

    private static List<?> list(Map<String, Object> map, String field) {
        return map.get(field) instanceof List<?> list ? list : List.of();
    }

    @SuppressWarnings("unchecked") // objects of JSON have texts as keys
    static List<Map<String, Object>> maps(Map<String, Object> map, String field) {
        return list(map, field).stream()
                .filter(Map.class::isInstance)
                .map(object -> (Map<String, Object>) object)
                .toList();
    }
}
