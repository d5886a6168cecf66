package dev.llmops.release.evidence;

import dev.llmops.release.arm.Assignment;
import dev.llmops.release.arm.AssignmentUnit;
import tools.jackson.core.util.Named;

/** The names of a log's fields that evidence needs, of all its objects. */
enum LogName implements Named {
    SCHEMA("schema"),
    TIMESTAMP("timestamp"),
    CALL_ID("call_id"),
    REQUEST_ID("request_id"),
    CONVERSATION_ID("conversation_id"),
    USER_ID("user_id"),
    TENANT("tenant"),
    FEATURE("feature"),
    OPERATION("operation"),
    STATUS("status"),
    VERDICT("verdict"),
    EVALUATION("evaluation"),
    EVALUATOR("evaluator"),
    SCORE("score"),
    SAMPLE_RATE("sample_rate"),
    STREAMING("streaming"),
    REFUSAL("refusal"),
    CACHE_HIT("cache_hit"),
    TOKENS_IN("tokens_in"),
    TOKENS_OUT("tokens_out"),
    ERROR("error"),
    TOKENS("tokens"),
    LATENCY_MS("latency_ms"),
    COST("cost"),
    ATTRIBUTES("attributes"),
    RISK("risk"),
    KIND("kind"),
    CACHED_INPUT("cached_input"),
    TOTAL("total"),
    FIRST_TOKEN("first_token"),
    AMOUNT("amount"),
    TYPE("type"),
    CHANGE(Assignment.CHANGE),
    STAGE(Assignment.STAGE),
    ARM(Assignment.ARM),
    UNIT(Assignment.UNIT),
    PAIR(Assignment.PAIR),
    FALLBACK(Assignment.FALLBACK);

    private final String name;

    LogName(String name) {
        this.name = name;
    }

    @Override
    public String getName() {
        return name;
    }

    static LogName of(AssignmentUnit unit) {
        return switch (unit) {
            case REQUEST -> REQUEST_ID;
            case CONVERSATION -> CONVERSATION_ID;
            case USER -> USER_ID;
            case TENANT -> TENANT;
        };
    }
}
