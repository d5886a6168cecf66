package dev.llmops.tracing;

import dev.llmops.core.version.VersionBaggage;
import io.opentelemetry.api.common.AttributeKey;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of all attribute names that depend neither on the profile nor on data. */
final class Keys {

    static final String OWN_PREFIX = "llmops.";
    static final String USAGE_PREFIX = "gen_ai.usage.";
    static final String VERSION_SET_PREFIX = VersionBaggage.KEY_PREFIX;
    static final String PHASE_PREFIX = "llmops.phase.";

    // GenAI conventions, the same in both profiles
    static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
    static final AttributeKey<String> REQUEST_MODEL = AttributeKey.stringKey("gen_ai.request.model");
    static final AttributeKey<Boolean> REQUEST_STREAM = AttributeKey.booleanKey("gen_ai.request.stream");
    static final AttributeKey<String> CONVERSATION_ID = AttributeKey.stringKey("gen_ai.conversation.id");
    static final AttributeKey<String> RESPONSE_MODEL = AttributeKey.stringKey("gen_ai.response.model");
    static final AttributeKey<List<String>> FINISH_REASONS =
            AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");
    static final AttributeKey<Double> TIME_TO_FIRST_CHUNK =
            AttributeKey.doubleKey("gen_ai.response.time_to_first_chunk");
    static final AttributeKey<Long> INPUT_TOKENS = AttributeKey.longKey(USAGE_PREFIX + "input_tokens");
    static final AttributeKey<Long> OUTPUT_TOKENS = AttributeKey.longKey(USAGE_PREFIX + "output_tokens");
    static final AttributeKey<Long> CACHE_READ_TOKENS = AttributeKey.longKey(USAGE_PREFIX + "cache_read.input_tokens");
    static final AttributeKey<Long> REASONING_TOKENS = AttributeKey.longKey(USAGE_PREFIX + "reasoning.output_tokens");
    static final AttributeKey<String> INPUT_MESSAGES = AttributeKey.stringKey("gen_ai.input.messages");
    static final AttributeKey<String> OUTPUT_MESSAGES = AttributeKey.stringKey("gen_ai.output.messages");
    static final AttributeKey<String> AGENT_NAME = AttributeKey.stringKey("gen_ai.agent.name");
    static final AttributeKey<String> DATA_SOURCE_ID = AttributeKey.stringKey("gen_ai.data_source.id");
    static final AttributeKey<String> WORKFLOW_NAME = AttributeKey.stringKey("gen_ai.workflow.name");
    static final AttributeKey<String> TOOL_NAME = AttributeKey.stringKey("gen_ai.tool.name");
    static final AttributeKey<String> EVALUATION_NAME = AttributeKey.stringKey("gen_ai.evaluation.name");
    static final AttributeKey<Double> EVALUATION_SCORE = AttributeKey.doubleKey("gen_ai.evaluation.score.value");
    static final AttributeKey<String> EVALUATION_LABEL = AttributeKey.stringKey("gen_ai.evaluation.score.label");
    static final AttributeKey<String> EVALUATION_EXPLANATION = AttributeKey.stringKey("gen_ai.evaluation.explanation");

    // General conventions
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    static final AttributeKey<Long> HTTP_STATUS = AttributeKey.longKey("http.response.status_code");
    static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
    static final AttributeKey<String> USER_ID = AttributeKey.stringKey("user.id");

    // Our own
    static final AttributeKey<String> TRACE_ID = AttributeKey.stringKey("llmops.trace_id");
    static final AttributeKey<String> CALL_ID = AttributeKey.stringKey("llmops.call_id");
    static final AttributeKey<String> REQUEST_ID = AttributeKey.stringKey("llmops.request_id");
    static final AttributeKey<String> TENANT = AttributeKey.stringKey("llmops.tenant");
    static final AttributeKey<String> FEATURE = AttributeKey.stringKey("llmops.feature");
    static final AttributeKey<String> VERSION_SET_ID = AttributeKey.stringKey(VERSION_SET_PREFIX + "id");
    static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("llmops.outcome");
    static final AttributeKey<String> ERROR_KIND = AttributeKey.stringKey("llmops.error.kind");
    static final AttributeKey<Double> TTFT_MS = AttributeKey.doubleKey("llmops.ttft_ms");
    static final AttributeKey<Double> TIME_PER_OUTPUT_TOKEN_MS =
            AttributeKey.doubleKey("llmops.time_per_output_token_ms");
    static final AttributeKey<String> USAGE_ORIGIN = AttributeKey.stringKey("llmops.usage.origin");
    static final AttributeKey<String> COST_STATE = AttributeKey.stringKey("llmops.cost.state");
    static final AttributeKey<String> COST_AMOUNT = AttributeKey.stringKey("llmops.cost.amount");
    static final AttributeKey<String> COST_CURRENCY = AttributeKey.stringKey("llmops.cost.currency");
    static final AttributeKey<Long> RETRIES = AttributeKey.longKey("llmops.retries");
    static final AttributeKey<Boolean> REFUSAL = AttributeKey.booleanKey("llmops.refusal");
    static final AttributeKey<String> REFUSAL_REASON = AttributeKey.stringKey("llmops.refusal.reason");
    static final AttributeKey<String> CACHE_RESULT = AttributeKey.stringKey("llmops.cache.result");
    static final AttributeKey<List<String>> RISK_TYPES = AttributeKey.stringArrayKey("llmops.risk.types");
    static final AttributeKey<String> RISK_TYPE = AttributeKey.stringKey("llmops.risk.type");
    static final AttributeKey<String> RISK_ACTION = AttributeKey.stringKey("llmops.risk.action");
    static final AttributeKey<Boolean> PII_DETECTED = AttributeKey.booleanKey("llmops.pii_detected");
    static final AttributeKey<List<String>> ANONYMIZED_FIELDS = AttributeKey.stringArrayKey("llmops.anonymized_fields");
    static final AttributeKey<String> REDACTION_STATUS = AttributeKey.stringKey("llmops.redaction.status");
    static final AttributeKey<String> PHASE = AttributeKey.stringKey("llmops.phase");

    /** Conventional names that the record fills, so that an attribute of the application's own cannot forge them. */
    private static final Set<String> TAKEN = Stream.of(
                    OPERATION,
                    PROVIDER,
                    REQUEST_STREAM,
                    CONVERSATION_ID,
                    RESPONSE_MODEL,
                    FINISH_REASONS,
                    TIME_TO_FIRST_CHUNK,
                    INPUT_MESSAGES,
                    OUTPUT_MESSAGES,
                    ERROR_TYPE,
                    HTTP_STATUS,
                    SERVER_ADDRESS,
                    SERVER_PORT,
                    USER_ID)
            .map(AttributeKey::getKey)
            .collect(Collectors.toUnmodifiableSet());

    private Keys() {}

    static boolean isTaken(String name) {
        return name.startsWith(OWN_PREFIX) || name.startsWith(USAGE_PREFIX) || TAKEN.contains(name);
    }
}
