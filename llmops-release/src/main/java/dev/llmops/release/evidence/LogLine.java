package dev.llmops.release.evidence;

import dev.llmops.core.record.Decimals;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.AssignmentUnit;
import dev.llmops.release.internal.Timestamps;
import dev.llmops.release.internal.records.WordCache;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
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

    /** Says that a line is no record of ours. */
    static final class UnreadableException extends RuntimeException {

        private static final long serialVersionUID = 1;

        UnreadableException(String message) {
            super(message, null, false, false);
        }
    }

    static final String FEEDBACK = "llmops.feedback/1";
    static final String EVALUATION = "llmops.evaluation/1";
    static final String REFUSAL = "llmops.refusal/1";
    private static final String RISK = "llmops.risk/1";
    private static final String CALL = "llmops.call/1";

    private static final Names IN_ENTRY = new Names(EnumSet.range(LogName.SCHEMA, LogName.RISK));
    private static final Names IN_ERROR = new Names(EnumSet.of(LogName.KIND));
    private static final Names IN_TOKENS = new Names(EnumSet.of(LogName.CACHED_INPUT));
    private static final Names IN_LATENCY = new Names(EnumSet.of(LogName.TOTAL, LogName.FIRST_TOKEN));
    private static final Names IN_COST = new Names(EnumSet.of(LogName.AMOUNT));
    private static final Names IN_RISK = new Names(EnumSet.of(LogName.TYPE));
    private static final Names IN_ATTRIBUTES = new Names(EnumSet.range(LogName.CHANGE, LogName.FALLBACK));

    final Set<String> risks = new HashSet<>();
    String schema = "";

    private @Nullable String change;

    double sampleRate;
    String evaluation = "";
    String evaluator = "";

    private final WordCache words = new WordCache();
    private final LogName unitName;
    private String verdict = "";
    private double score;
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
        score = Double.NaN;
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
     * @throws NumberFormatException if a number is none, or none that a call has
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
            case SCORE -> score = number(json);
            case SAMPLE_RATE -> sampleRate = Decimals.sampleRate(measured(json));
            case STREAMING -> isStreaming = isTrue(json);
            case REFUSAL -> isRefusal = isTrue(json);
            case CACHE_HIT -> isFromAnswerCache = isTrue(json);
            case TOKENS_IN -> tokensIn = (long) quantity(json);
            case TOKENS_OUT -> tokensOut = (long) quantity(json);
            case ERROR -> nested(json, IN_ERROR);
            case TOKENS -> nested(json, IN_TOKENS);
            case LATENCY_MS -> nested(json, IN_LATENCY);
            case COST -> nested(json, IN_COST);
            case ATTRIBUTES -> nested(json, IN_ATTRIBUTES);
            case RISK -> risks(json);
            case KIND -> errorKind = word(json);
            case CACHED_INPUT -> tokensCached = (long) quantity(json);
            case TOTAL -> totalMillis = quantity(json);
            case FIRST_TOKEN -> firstTokenMillis = quantity(json);
            case AMOUNT -> cost = number(json);
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

    private static double measured(JsonParser json) {
        return json.currentToken().isNumeric() ? json.getDoubleValue() : Double.NaN;
    }

    private static double quantity(JsonParser json) {
        return Decimals.quantity(measured(json));
    }

    /** Amounts are texts, so that no reader rounds them. */
    private static double number(JsonParser json) {
        double number =
                json.currentToken() == JsonToken.VALUE_STRING ? Double.parseDouble(json.getString()) : measured(json);
        if (!Double.isFinite(number)) {
            throw new NumberFormatException("not finite");
        }
        return number;
    }

    String callId() {
        if (callId.isEmpty()) {
            throw new UnreadableException("what is said is said of a call");
        }
        return callId;
    }

    long atMillis() {
        return Timestamps.epochMillis(timestamp);
    }

    /** Returns true for a call of a release, or of none for null. */
    boolean isCallOf(@Nullable String changeId) {
        return schema.equals(CALL) && Objects.equals(change, changeId);
    }

    /**
     * Returns true for what is said of a call after its end.
     *
     * @throws UnreadableException if it does not say it
     */
    boolean isEvent() {
        if (schema.equals(FEEDBACK) && !verdict.equals("up") && !isDown()) {
            throw new UnreadableException("feedback is up or down");
        }
        if (schema.equals(EVALUATION) && Double.isNaN(score)) {
            throw new UnreadableException("an evaluation has a score");
        }
        return schema.equals(FEEDBACK) || schema.equals(EVALUATION) || schema.equals(REFUSAL) || schema.equals(RISK);
    }

    boolean isDown() {
        return verdict.equals("down");
    }

    double score() {
        return score;
    }

    LogEvidence.Line seen(long place, Supplier<String> text) {
        return new LogEvidence.Line(schema, callId(), place, atMillis(), Set.copyOf(risks), text);
    }

    private Arm arm() {
        try {
            return arm == null ? Arm.BASELINE : Arm.ofLabel(arm);
        } catch (IllegalArgumentException e) {
            throw new UnreadableException("no release has such an arm");
        }
    }

    /** The call of a line; one without a mark is of the baseline, and of the unit that its ids name. */
    CallFacts call() {
        if (!LogCall.STATUSES.contains(status)) {
            throw new UnreadableException("no call ends like this");
        }
        return new CallFacts(
                callId(),
                atMillis() - (long) Math.floor(totalMillis),
                stage,
                arm(),
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
