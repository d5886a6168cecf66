package dev.llmops.tracing;

import dev.llmops.core.CallRecord;
import dev.llmops.core.Cost;
import dev.llmops.core.Outcome;
import dev.llmops.core.PhaseTiming;
import dev.llmops.core.Redaction;
import dev.llmops.core.RiskFinding;
import dev.llmops.core.Telemetry;
import dev.llmops.core.TokenUsage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a span says once its call has ended: a projection of the record. */
final class EndAttributes {

    private static final List<String> NO_FINAL_EVENT = List.of("error");

    private final AttributeKey<Long> cacheWriteTokens;
    private final boolean showsContent;
    private volatile Telemetry telemetry = new Telemetry();

    EndAttributes(SpanProfile profile, boolean showsContent) {
        this.cacheWriteTokens = AttributeKey.longKey(profile.cacheWriteTokens());
        this.showsContent = showsContent;
    }

    void useTelemetry(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    /** The error's type, or the outcome's name where nothing better is known. */
    static String errorType(CallRecord record) {
        return record.error() == null
                ? lowerCase(record.outcome())
                : record.error().type();
    }

    /** Says how the call ended, never the error's message, which may quote content. */
    static String statusDescription(CallRecord record) {
        String outcome = lowerCase(record.outcome());
        return record.error() == null
                ? outcome
                : outcome + ": " + record.error().kind();
    }

    static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    Attributes of(CallRecord record) {
        AttributesBuilder attributes = Attributes.builder();
        applicationAttributes(attributes, record.attributes());
        outcome(attributes, record);
        response(attributes, record);
        usage(attributes, record.usage());
        timing(attributes, record);
        if (record.cost() != null) {
            cost(attributes, record.cost());
        }
        safety(attributes, record);
        if (showsContent) {
            attributes.put(Keys.INPUT_MESSAGES, MessageJson.input(record));
            attributes.put(Keys.OUTPUT_MESSAGES, MessageJson.output(record));
        }
        return attributes.build();
    }

    private void applicationAttributes(AttributesBuilder attributes, Map<String, Object> own) {
        own.forEach((name, value) -> {
            if (Keys.isTaken(name) || name.equals(cacheWriteTokens.getKey())) {
                telemetry.count(Telemetry.Kind.DROPPED, "span_attribute_name_taken");
            } else if (value instanceof Long number) {
                attributes.put(name, number);
            } else if (value instanceof Double number) {
                attributes.put(name, number);
            } else if (value instanceof Boolean flag) {
                attributes.put(name, flag);
            } else {
                attributes.put(name, value.toString());
            }
        });
    }

    private static void outcome(AttributesBuilder attributes, CallRecord record) {
        attributes.put(Keys.OUTCOME, lowerCase(record.outcome()));
        if (record.outcome() != Outcome.COMPLETED) {
            attributes.put(Keys.ERROR_TYPE, errorType(record));
        }
        if (record.error() != null) {
            attributes.put(Keys.ERROR_KIND, record.error().kind().name());
            record.error().httpStatus().ifPresent(status -> attributes.put(Keys.HTTP_STATUS, (long) status));
        }
    }

    private static void response(AttributesBuilder attributes, CallRecord record) {
        attributes.put(Keys.RESPONSE_MODEL, record.responseModel());
        List<String> reasons = record.finishReasons();
        boolean brokeOff = record.outcome() != Outcome.COMPLETED
                && record.timing().timeToFirstChunkNanos().isPresent();
        if (!reasons.isEmpty() || brokeOff) {
            attributes.put(Keys.FINISH_REASONS, reasons.isEmpty() ? NO_FINAL_EVENT : reasons);
        }
        if (record.retries() > 0) {
            attributes.put(Keys.RETRIES, (long) record.retries());
        }
        if (record.isRefusal()) {
            attributes.put(Keys.REFUSAL, true);
        }
        if (record.cache() != null) {
            attributes.put(Keys.CACHE_RESULT, lowerCase(record.cache()));
        }
    }

    private void usage(AttributesBuilder attributes, TokenUsage usage) {
        attributes.put(Keys.USAGE_ORIGIN, lowerCase(usage.origin()));
        usage.inputTokens().ifPresent(tokens -> attributes.put(Keys.INPUT_TOKENS, tokens));
        usage.outputTokens().ifPresent(tokens -> attributes.put(Keys.OUTPUT_TOKENS, tokens));
        putIfPositive(attributes, Keys.CACHE_READ_TOKENS, usage.cachedInputTokens());
        putIfPositive(attributes, cacheWriteTokens, usage.cacheWriteTokens());
        putIfPositive(attributes, Keys.REASONING_TOKENS, usage.reasoningTokens());
    }

    private static void putIfPositive(AttributesBuilder attributes, AttributeKey<Long> key, long tokens) {
        if (tokens > 0) {
            attributes.put(key, tokens);
        }
    }

    private static void timing(AttributesBuilder attributes, CallRecord record) {
        var timing = record.timing();
        if (record.info().isStreaming()) {
            timing.timeToFirstChunkNanos().ifPresent(nanos -> attributes.put(Keys.TIME_TO_FIRST_CHUNK, nanos / 1e9));
        }
        timing.timeToFirstTokenNanos().ifPresent(nanos -> attributes.put(Keys.TTFT_MS, nanos / 1e6));
        timing.timePerOutputTokenNanos().ifPresent(nanos -> attributes.put(Keys.TIME_PER_OUTPUT_TOKEN_MS, nanos / 1e6));
        Map<String, Long> nanosByPhase = new LinkedHashMap<>();
        for (PhaseTiming phase : timing.phases()) {
            nanosByPhase.merge(phase.name(), phase.durationNanos(), Long::sum);
        }
        nanosByPhase.forEach((phase, nanos) -> attributes.put(Keys.PHASE_PREFIX + phase + "_ms", nanos / 1e6));
    }

    private static void cost(AttributesBuilder attributes, Cost cost) {
        attributes.put(Keys.COST_STATE, lowerCase(cost.state()));
        attributes.put(Keys.COST_CURRENCY, cost.currency());
        cost.amount().ifPresent(amount -> attributes.put(Keys.COST_AMOUNT, amount.toPlainString()));
    }

    private static void safety(AttributesBuilder attributes, CallRecord record) {
        if (!record.risks().isEmpty()) {
            attributes.put(
                    Keys.RISK_TYPES,
                    record.risks().stream().map(RiskFinding::type).distinct().toList());
        }
        Redaction redaction = record.redaction();
        if (redaction.status() != Redaction.Status.NOT_RUN) {
            attributes.put(Keys.PII_DETECTED, redaction.piiDetected());
            attributes.put(Keys.ANONYMIZED_FIELDS, redaction.anonymizedFields());
            attributes.put(Keys.REDACTION_STATUS, lowerCase(redaction.status()));
        }
    }
}
