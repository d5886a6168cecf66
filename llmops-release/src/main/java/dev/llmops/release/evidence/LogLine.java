package dev.llmops.release.evidence;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Assignment;
import dev.llmops.release.arm.AssignmentUnit;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The fields of a line of the log that evidence needs, read as they come: nothing is built of the others, which are most of a
 * line. Not thread-safe; lines are read independently of one another.
 */
final class LogLine {

    String schema = "";

    @Nullable
    String change;

    double sampleRate = 1;
    String verdict = "";
    String evaluation = "";
    String evaluator = "";
    double score;
    final Set<String> risks = new HashSet<>();

    private String timestamp = "";
    private String callId = "";
    private @Nullable String requestId;
    private @Nullable String conversationId;
    private @Nullable String user;
    private @Nullable String tenant;
    private String feature = "";
    private String operation = "";
    private String status = "";
    private String errorKind = "";
    private String stage = "";
    private @Nullable String arm;
    private @Nullable String unit;
    private @Nullable String pair;
    private boolean isStreaming;
    private boolean isRefusal;
    private boolean isFallback;
    private boolean isFromAnswerCache;
    private double totalMillis;
    private double firstTokenMillis = Double.NaN;
    private double cost = Double.NaN;
    private long tokensIn;
    private long tokensCached;
    private long tokensOut;

    private LogLine() {}

    /**
     * Reads a line.
     *
     * @throws JacksonException if it is torn, or no JSON
     */
    static LogLine of(String text) {
        LogLine line = new LogLine();
        try (JsonParser json = EvidenceJson.MAPPER.createParser(text)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                line.fields(json, line::field);
            } else {
                json.skipChildren();
            }
        }
        return line;
    }

    /** Takes a field whose value is the parser's current token. */
    private interface Field {
        void read(String name, JsonParser json);
    }

    private void fields(JsonParser json, Field field) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value != JsonToken.VALUE_NULL) {
                field.read(name, json);
            }
            json.skipChildren(); // Does nothing unless the value is an object or array that no one has read.
        }
    }

    private void nested(JsonParser json, Field field) {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            fields(json, field);
        }
    }

    private void field(String name, JsonParser json) {
        switch (name) {
            case "schema" -> schema = text(json);
            case "timestamp" -> timestamp = text(json);
            case "call_id" -> callId = text(json);
            case "request_id" -> requestId = text(json);
            case "conversation_id" -> conversationId = text(json);
            case "user_id" -> user = text(json);
            case "tenant" -> tenant = text(json);
            case "feature" -> feature = text(json);
            case "operation" -> operation = text(json);
            case "status" -> status = text(json);
            case "verdict" -> verdict = text(json);
            case "evaluation" -> evaluation = text(json);
            case "evaluator" -> evaluator = text(json);
            case "score" -> score = number(json, 0);
            case "sample_rate" -> sampleRate = number(json, 1);
            case "streaming" -> isStreaming = isTrue(json);
            case "refusal" -> isRefusal = isTrue(json);
            case "cache_hit" -> isFromAnswerCache = isTrue(json);
            case "tokens_in" -> tokensIn = whole(json);
            case "tokens_out" -> tokensOut = whole(json);
            case "error" -> nested(json, this::error);
            case "tokens" -> nested(json, this::tokens);
            case "latency_ms" -> nested(json, this::latency);
            case "cost" -> nested(json, this::cost);
            case "attributes" -> nested(json, this::attribute);
            case "risk" -> risks(json);
            default -> {}
        }
    }

    private void error(String name, JsonParser json) {
        errorKind = name.equals("kind") ? text(json) : errorKind;
    }

    private void tokens(String name, JsonParser json) {
        tokensCached = name.equals("cached_input") ? whole(json) : tokensCached;
    }

    private void latency(String name, JsonParser json) {
        switch (name) {
            case "total" -> totalMillis = number(json, 0);
            case "first_token" -> firstTokenMillis = number(json, Double.NaN);
            default -> {}
        }
    }

    private void cost(String name, JsonParser json) {
        cost = name.equals("amount") ? number(json, Double.NaN) : cost;
    }

    private void attribute(String name, JsonParser json) {
        switch (name) {
            case Assignment.CHANGE -> change = text(json);
            case Assignment.STAGE -> stage = text(json);
            case Assignment.ARM -> arm = text(json);
            case Assignment.UNIT -> unit = text(json);
            case Assignment.PAIR -> pair = text(json);
            case Assignment.FALLBACK -> isFallback = isTrue(json);
            default -> {}
        }
    }

    private void risks(JsonParser json) {
        if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                nested(json, (name, risk) -> {
                    if (name.equals("type")) {
                        risks.add(text(risk));
                    }
                });
                json.skipChildren();
            }
        }
    }

    private static String text(JsonParser json) {
        return json.currentToken().isScalarValue() ? json.getString() : "";
    }

    private static boolean isTrue(JsonParser json) {
        return json.currentToken() == JsonToken.VALUE_TRUE;
    }

    private static long whole(JsonParser json) {
        return json.currentToken().isNumeric() ? json.getValueAsLong() : 0;
    }

    /** Amounts are texts, so that no reader rounds them. */
    private static double number(JsonParser json, double otherwise) {
        return json.currentToken().isNumeric()
                ? json.getDoubleValue()
                : json.currentToken() == JsonToken.VALUE_STRING ? Double.parseDouble(json.getString()) : otherwise;
    }

    String callId() {
        return callId;
    }

    long atMillis() {
        return Instant.parse(timestamp).toEpochMilli();
    }

    /** The call of a line; one without a mark is of the baseline, and of the unit that its ids name. */
    CallFacts call(AssignmentUnit assignedBy) {
        return new CallFacts(
                callId,
                atMillis() - (long) Math.floor(totalMillis),
                stage,
                Arm.ofLabel(arm == null ? Arm.BASELINE.label() : arm),
                unit == null ? unitOf(assignedBy) : unit,
                pair,
                false,
                isStreaming,
                totalMillis,
                firstTokenMillis,
                status,
                !LogCall.HARMLESS_ERRORS.contains(errorKind),
                isRefusal,
                isFallback,
                isFromAnswerCache,
                cost,
                tokensIn,
                tokensCached,
                tokensOut,
                feature,
                operation,
                risks.isEmpty() ? Set.of() : risks);
    }

    private String unitOf(AssignmentUnit assignedBy) {
        String named =
                switch (assignedBy) {
                    case REQUEST -> requestId;
                    case CONVERSATION -> conversationId;
                    case USER -> user;
                    case TENANT -> tenant;
                };
        return named == null ? callId : named;
    }
}
