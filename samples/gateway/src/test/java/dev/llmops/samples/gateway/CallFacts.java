package dev.llmops.samples.gateway;

import dev.llmops.core.record.Outcome;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one view says of a call, in a form in which views can be compared exactly. Whatever is not known is null.
 *
 * @param times in nanoseconds
 */
record CallFacts(
        String traceId,
        String spanId,
        String requestId,
        String callId,
        String status,
        String errorKind,
        Map<String, String> versions,
        Map<String, Long> tokens,
        String usageOrigin,
        Map<String, Long> times,
        Map<String, String> cost,
        String input,
        String output) {

    /** As the log and {@code /traces} say it. */
    static CallFacts ofRecord(JsonNode json) {
        Map<String, Long> tokens = new TreeMap<>();
        putLong(tokens, "in", json.path("tokens_in"));
        putLong(tokens, "out", json.path("tokens_out"));
        putLong(tokens, "cached", json.path("tokens").path("cached_input"));
        putLong(tokens, "reasoning", json.path("tokens").path("reasoning"));
        Map<String, Long> times = new TreeMap<>();
        for (String name : new String[] {"total", "first_token", "per_output_token"}) {
            JsonNode millis = json.path("latency_ms").path(name);
            if (millis.isNumber()) {
                times.put(name, nanos(millis.asDouble()));
            }
        }
        Map<String, String> cost = new TreeMap<>();
        for (String name : new String[] {"amount", "currency", "state"}) {
            putString(cost, name, json.path("cost").path(name));
        }
        return new CallFacts(
                json.path("trace_id").stringValue(null),
                json.path("span_id").stringValue(null),
                json.path("request_id").stringValue(null),
                json.path("call_id").stringValue(null),
                json.path("status").stringValue(null),
                json.path("error").path("kind").stringValue(null),
                strings(json.path("version_set")),
                tokens,
                json.path("tokens").path("origin").stringValue(null),
                times,
                cost,
                json.path("input").stringValue(null),
                json.path("output").stringValue(null));
    }

    /** As the exported span says it. */
    static CallFacts ofSpan(Span span) {
        Map<String, AnyValue> attributes =
                span.getAttributesList().stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
        Map<String, Long> tokens = new TreeMap<>();
        putLong(tokens, "in", attributes.get("gen_ai.usage.input_tokens"));
        putLong(tokens, "out", attributes.get("gen_ai.usage.output_tokens"));
        putLong(tokens, "cached", attributes.get("gen_ai.usage.cache_read.input_tokens"));
        putLong(tokens, "reasoning", attributes.get("gen_ai.usage.reasoning.output_tokens"));
        Map<String, Long> times = new TreeMap<>();
        times.put("total", span.getEndTimeUnixNano() - span.getStartTimeUnixNano());
        putNanos(times, "first_token", attributes.get("llmops.ttft_ms"));
        putNanos(times, "per_output_token", attributes.get("llmops.time_per_output_token_ms"));
        String outcome = string(attributes.get("llmops.outcome"));
        return new CallFacts(
                string(attributes.get("llmops.trace_id")),
                HexFormat.of().formatHex(span.getSpanId().toByteArray()),
                string(attributes.get("llmops.request_id")),
                string(attributes.get("llmops.call_id")),
                Outcome.valueOf(outcome.toUpperCase(Locale.ROOT)).status(),
                string(attributes.get("llmops.error.kind")),
                under("llmops.version_set.", attributes),
                tokens,
                string(attributes.get("llmops.usage.origin")),
                times,
                under("llmops.cost.", attributes),
                message(attributes.get("gen_ai.input.messages")),
                message(attributes.get("gen_ai.output.messages")));
    }

    private static long nanos(double millis) {
        return Math.round(millis * 1e6);
    }

    private static void putLong(Map<String, Long> map, String name, JsonNode value) {
        if (value.isNumber()) {
            map.put(name, value.asLong());
        }
    }

    private static void putLong(Map<String, Long> map, String name, AnyValue value) {
        if (value != null) {
            map.put(name, value.getIntValue());
        }
    }

    private static void putNanos(Map<String, Long> map, String name, AnyValue millis) {
        if (millis != null) {
            map.put(name, nanos(millis.getDoubleValue()));
        }
    }

    private static void putString(Map<String, String> map, String name, JsonNode value) {
        if (value.isString()) {
            map.put(name, value.asString());
        }
    }

    private static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new TreeMap<>();
        object.properties()
                .forEach(field -> strings.put(field.getKey(), field.getValue().asString()));
        return strings;
    }

    private static Map<String, String> under(String prefix, Map<String, AnyValue> attributes) {
        Map<String, String> strings = new TreeMap<>();
        attributes.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                strings.put(name.substring(prefix.length()), value.getStringValue());
            }
        });
        return strings;
    }

    private static String string(AnyValue value) {
        return value == null ? null : value.getStringValue();
    }

    private static String message(AnyValue messages) {
        if (messages == null) {
            return null;
        }
        JsonNode first = JsonMapper.shared().readTree(messages.getStringValue()).get(0);
        return first.path("parts").get(0).path("content").asString();
    }
}
