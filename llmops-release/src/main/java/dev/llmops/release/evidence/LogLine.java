package dev.llmops.release.evidence;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.AssignmentUnit;
import dev.llmops.release.internal.Timestamps;
import dev.llmops.release.internal.records.WordCache;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

/**
 * The fields of a line of the log that evidence needs, read as they come: nothing is built of the others, which are most of a
 * line. One object reads line after line. Not thread-safe.
 */
final class LogLine {

    /** The names of one object; few are matched more quickly than many. */
    private static final class Names {

        private final List<LogName> names;
        private final PropertyNameMatcher matcher;

        Names(Set<LogName> names) {
            this.names = List.copyOf(names);
            this.matcher = EvidenceJson.MAPPER
                    .tokenStreamFactory()
                    .constructNameMatcher(List.<Named>copyOf(this.names), false);
        }
    }

    private static final Names IN_ENTRY = new Names(EnumSet.range(LogName.SCHEMA, LogName.RISK));
    private static final Names IN_ERROR = new Names(EnumSet.of(LogName.KIND));
    private static final Names IN_TOKENS = new Names(EnumSet.of(LogName.CACHED_INPUT));
    private static final Names IN_LATENCY = new Names(EnumSet.of(LogName.TOTAL, LogName.FIRST_TOKEN));
    private static final Names IN_COST = new Names(EnumSet.of(LogName.AMOUNT));
    private static final Names IN_RISK = new Names(EnumSet.of(LogName.TYPE));
    private static final Names IN_ATTRIBUTES = new Names(EnumSet.range(LogName.CHANGE, LogName.FALLBACK));

    final Set<String> risks = new HashSet<>();
    String schema = "";

    @Nullable
    String change;

    double sampleRate;
    String verdict = "";
    String evaluation = "";
    String evaluator = "";
    double score;

    private final WordCache words = new WordCache();
    private final LogName unitName;
    private String timestamp = "";
    private String callId = "";
    private @Nullable String named;
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
    private double firstTokenMillis;
    private double cost;
    private long tokensIn;
    private long tokensCached;
    private long tokensOut;

    /** Reads calls of units that their ids name where no mark does. */
    LogLine(AssignmentUnit assignedBy) {
        this.unitName = LogName.of(assignedBy);
    }

    private void clear() {
        risks.clear();
        schema = "";
        change = null;
        sampleRate = 1;
        verdict = "";
        evaluation = "";
        evaluator = "";
        score = 0;
        timestamp = "";
        callId = "";
        named = null;
        feature = "";
        operation = "";
        status = "";
        errorKind = "";
        stage = "";
        arm = null;
        unit = null;
        pair = null;
        isStreaming = false;
        isRefusal = false;
        isFallback = false;
        isFromAnswerCache = false;
        totalMillis = 0;
        firstTokenMillis = Double.NaN;
        cost = Double.NaN;
        tokensIn = 0;
        tokensCached = 0;
        tokensOut = 0;
    }

    /**
     * Reads the object whose beginning is the parser's current token, up to its end.
     *
     * @throws JacksonException if it is torn, or no JSON
     * @throws NumberFormatException if an amount is no number
     */
    void read(JsonParser json) {
        clear();
        fields(json, IN_ENTRY);
    }

    private void fields(JsonParser json, Names of) {
        for (int match = json.nextNameMatch(of.matcher);
                match != PropertyNameMatcher.MATCH_END_OBJECT;
                match = json.nextNameMatch(of.matcher)) {
            JsonToken value = json.nextToken();
            if (match >= 0 && value != JsonToken.VALUE_NULL) {
                field(of.names.get(match), json);
            }
            json.skipChildren(); // Does nothing unless the value is an object or array that no one has read.
        }
    }

    private void nested(JsonParser json, Names of) {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            fields(json, of);
        }
    }

    private void field(LogName name, JsonParser json) {
        switch (name) {
            case SCHEMA -> schema = word(json);
            case TIMESTAMP -> timestamp = text(json);
            case CALL_ID -> callId = text(json);
            case REQUEST_ID, CONVERSATION_ID, USER_ID, TENANT -> named = name == unitName ? text(json) : named;
            case FEATURE -> feature = word(json);
            case OPERATION -> operation = word(json);
            case STATUS -> status = word(json);
            case VERDICT -> verdict = word(json);
            case EVALUATION -> evaluation = word(json);
            case EVALUATOR -> evaluator = word(json);
            case SCORE -> score = number(json, 0);
            case SAMPLE_RATE -> sampleRate = number(json, 1);
            case STREAMING -> isStreaming = isTrue(json);
            case REFUSAL -> isRefusal = isTrue(json);
            case CACHE_HIT -> isFromAnswerCache = isTrue(json);
            case TOKENS_IN -> tokensIn = whole(json);
            case TOKENS_OUT -> tokensOut = whole(json);
            case ERROR -> nested(json, IN_ERROR);
            case TOKENS -> nested(json, IN_TOKENS);
            case LATENCY_MS -> nested(json, IN_LATENCY);
            case COST -> nested(json, IN_COST);
            case ATTRIBUTES -> nested(json, IN_ATTRIBUTES);
            case RISK -> risks(json);
            case KIND -> errorKind = word(json);
            case CACHED_INPUT -> tokensCached = whole(json);
            case TOTAL -> totalMillis = number(json, 0);
            case FIRST_TOKEN -> firstTokenMillis = number(json, Double.NaN);
            case AMOUNT -> cost = number(json, Double.NaN);
            case TYPE -> risks.add(text(json));
            case CHANGE -> change = word(json);
            case STAGE -> stage = word(json);
            case ARM -> arm = word(json);
            case UNIT -> unit = text(json);
            case PAIR -> pair = text(json);
            case FALLBACK -> isFallback = isTrue(json);
        }
    }

    private void risks(JsonParser json) {
        if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                nested(json, IN_RISK);
                json.skipChildren();
            }
        }
    }

    private static String text(JsonParser json) {
        return json.currentToken().isScalarValue() ? json.getString() : "";
    }

    /** Returns a text that comes again and again, and so is made once. */
    private String word(JsonParser json) {
        return json.currentToken() == JsonToken.VALUE_STRING
                ? words.word(json.getStringCharacters(), json.getStringOffset(), json.getStringLength())
                : text(json);
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
        return Timestamps.epochMillis(timestamp);
    }

    /** The call of a line; one without a mark is of the baseline, and of the unit that its ids name. */
    CallFacts call() {
        return new CallFacts(
                callId,
                atMillis() - (long) Math.floor(totalMillis),
                stage,
                Arm.ofLabel(arm == null ? Arm.BASELINE.label() : arm),
                unit != null ? unit : named != null ? named : callId,
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
                risks.isEmpty() ? Set.of() : Set.copyOf(risks));
    }
}
