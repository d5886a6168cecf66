package dev.llmops.logging;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/**
 * The fields of all records, one row each: the name, which {@code NESTED} and {@code MESSAGE_JSON} write, and the key of the
 * pair, which {@code FLAT} writes. Fields of an object follow it.
 */
@SuppressWarnings("ImmutableEnumChecker") // The prepared name never changes, which its type does not tell.
enum Field {
    SCHEMA("schema"),
    TIMESTAMP("timestamp"),
    TRACE_ID("trace_id"),
    SPAN_ID("span_id"),
    REQUEST_ID("request_id"),
    CALL_ID("call_id"),
    CONVERSATION_ID("conversation_id"),
    USER_ID("user_id"),
    TENANT("tenant"),
    PSEUDONYM_KEYS("pseudonym_keys"),
    USER_KEY(PSEUDONYM_KEYS, "user_id"),
    TENANT_KEY(PSEUDONYM_KEYS, "tenant"),
    FEATURE("feature"),
    PURPOSE("purpose"),
    OPERATION("operation"),
    PROVIDER("provider"),
    MODEL_ID("model_id"),
    RESPONSE_MODEL("response_model"),
    SERVER_ADDRESS("server_address"),
    VERSION_SET("version_set"),
    VERSION_CODE(VERSION_SET, "code"),
    VERSION_CONFIG(VERSION_SET, "config"),
    VERSION_PROMPT(VERSION_SET, "prompt"),
    VERSION_MODEL(VERSION_SET, "model"),
    VERSION_INDEX(VERSION_SET, "index"),
    VERSION_TOOLS(VERSION_SET, "tools"),
    VERSION_SET_ID(VERSION_SET, "id"),
    /** The other parts, whose names depend on data. A part of this very name is one of them. */
    VERSION_EXTRAS(VERSION_SET, "extras"),
    STREAMING("streaming"),
    STATUS("status"),
    ERROR("error"),
    ERROR_KIND(ERROR, "kind"),
    ERROR_TYPE(ERROR, "type"),
    ERROR_MESSAGE(ERROR, "message"),
    ERROR_HTTP_STATUS(ERROR, "http_status"),
    FINISH_REASONS("finish_reasons"),
    TOKENS_IN("tokens_in"),
    TOKENS_OUT("tokens_out"),
    INPUT_TOKENS("input_tokens"),
    OUTPUT_TOKENS("output_tokens"),
    TOKENS("tokens"),
    TOKENS_ORIGIN(TOKENS, "origin"),
    TOKENS_CACHED_INPUT(TOKENS, "cached_input"),
    TOKENS_CACHE_WRITE(TOKENS, "cache_write"),
    TOKENS_REASONING(TOKENS, "reasoning"),
    LATENCY_MS("latency_ms"),
    LATENCY_TOTAL(LATENCY_MS, "total"),
    LATENCY_QUEUE(LATENCY_MS, "queue"),
    LATENCY_RETRIEVAL(LATENCY_MS, "retrieval"),
    LATENCY_FIRST_CHUNK(LATENCY_MS, "first_chunk"),
    LATENCY_FIRST_TOKEN(LATENCY_MS, "first_token"),
    LATENCY_FIRST_OUTPUT(LATENCY_MS, "first_output"),
    LATENCY_GENERATION(LATENCY_MS, "generation"),
    LATENCY_PER_OUTPUT_TOKEN(LATENCY_MS, "per_output_token"),
    PHASES_MS("phases_ms"),
    TOOL_CALLS("tool_calls"),
    COST("cost"),
    COST_AMOUNT(COST, "amount"),
    COST_CURRENCY(COST, "currency"),
    COST_STATE(COST, "state"),
    COST_PRICE_IDS(COST, "price_ids"),
    RETRIES("retries"),
    CACHE_HIT("cache_hit"),
    REFUSAL("refusal"),
    RISK("risk"),
    PII("pii"),
    PII_DETECTED(PII, "detected"),
    PII_ANONYMIZED_FIELDS(PII, "anonymized_fields"),
    PII_COUNTS(PII, "counts"),
    REDACTION("redaction"),
    REDACTION_STATUS(REDACTION, "status"),
    REDACTION_DETECTOR_VERSION(REDACTION, "detector_version"),
    SAMPLE_RATE("sample_rate"),
    TRUNCATED_FIELDS("truncated_fields"),
    ATTRIBUTES("attributes"),
    INPUT("input"),
    OUTPUT("output"),
    VERDICT("verdict"),
    COMMENT("comment"),
    EVALUATION("evaluation"),
    SCORE("score"),
    LABEL("label"),
    EXPLANATION("explanation"),
    EVALUATOR("evaluator"),
    REASON("reason");

    static final String FLAT_PREFIX = "llmops.";

    /** The name within its object. */
    final String text;

    /** The name, ready to be copied into JSON. */
    final SerializableString json;

    /** The key of a pair that holds this field alone. */
    final String flatKey;

    /** The field in whose object this one lies. */
    final @Nullable Field parent;

    Field(String text) {
        this.text = text;
        this.json = new SerializedString(text);
        this.flatKey = FLAT_PREFIX + text;
        this.parent = null;
    }

    Field(Field parent, String text) {
        this.text = text;
        this.json = new SerializedString(text);
        this.flatKey = parent.flatKey + '.' + text;
        this.parent = parent;
    }

    /** Returns the field of a part of a version set, or null if the part is one of the {@linkplain #VERSION_EXTRAS extras}. */
    static @Nullable Field ofVersionPart(String part) {
        for (Field field : values()) {
            if (field.parent == VERSION_SET && field != VERSION_EXTRAS && field.text.equals(part)) {
                return field;
            }
        }
        return null;
    }
}
