package dev.llmops.release.evidence;

import dev.llmops.core.record.ErrorKind;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Assignment;
import dev.llmops.release.arm.AssignmentUnit;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the facts of a call from its line in the log. */
final class LogCall {

    static final Set<String> HARMLESS_ERRORS = ErrorKind.standard().stream()
            .filter(kind -> !kind.countsAgainstAvailability())
            .map(ErrorKind::name)
            .collect(Collectors.toUnmodifiableSet());

    private LogCall() {}

    /** The call of a line; one without a mark is of the baseline, and of the unit that its ids name. */
    static CallFacts of(JsonNode entry, AssignmentUnit unit) {
        JsonNode attributes = entry.path("attributes");
        JsonNode latency = entry.path("latency_ms");
        double total = latency.path("total").asDouble(0);
        String kind = entry.path("error").path("kind").asString("");
        return new CallFacts(
                entry.path("call_id").asString(""),
                atMillis(entry) - (long) Math.floor(total),
                attributes.path(Assignment.STAGE).asString(""),
                Arm.ofLabel(attributes.path(Assignment.ARM).asString(Arm.BASELINE.label())),
                attributes.path(Assignment.UNIT).asString(unitOf(entry, unit)),
                text(attributes.path(Assignment.PAIR)),
                false,
                entry.path("streaming").asBoolean(false),
                total,
                latency.path("first_token").asDouble(Double.NaN),
                entry.path("status").asString(""),
                !HARMLESS_ERRORS.contains(kind),
                entry.path("refusal").asBoolean(false),
                attributes.path(Assignment.FALLBACK).asBoolean(false),
                entry.path("cache_hit").asBoolean(false),
                cost(entry.path("cost").path("amount")),
                entry.path("tokens_in").asLong(0),
                entry.path("tokens").path("cached_input").asLong(0),
                entry.path("tokens_out").asLong(0),
                entry.path("feature").asString(""),
                entry.path("operation").asString(""),
                risks(entry));
    }

    static void requireUnsampled(double sampleRate) {
        if (sampleRate < 1) {
            throw new IllegalArgumentException("calls of the release were sampled (sample_rate " + sampleRate
                    + ") — the gate needs every call — set the sample rate of the log to 1, or read the counters");
        }
    }

    private static String unitOf(JsonNode entry, AssignmentUnit unit) {
        String callId = entry.path("call_id").asString("");
        return switch (unit) {
            case REQUEST -> entry.path("request_id").asString(callId);
            case CONVERSATION -> entry.path("conversation_id").asString(callId);
            case USER -> entry.path("user_id").asString(callId);
            case TENANT -> entry.path("tenant").asString(callId);
        };
    }

    static long atMillis(JsonNode entry) {
        return Instant.parse(entry.path("timestamp").asString("")).toEpochMilli();
    }

    static Set<String> risks(JsonNode entry) {
        Set<String> types = new HashSet<>();
        entry.path("risk").values().forEach(risk -> types.add(risk.path("type").asString("")));
        return types;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isMissingNode() ? null : node.asString("");
    }

    private static double cost(JsonNode amount) {
        return amount.isMissingNode() || amount.isNull() ? Double.NaN : Double.parseDouble(amount.asString("NaN"));
    }
}
