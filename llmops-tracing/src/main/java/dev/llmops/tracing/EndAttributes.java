package dev.llmops.tracing;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.Redaction;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.record.Timing;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.telemetry.Telemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sets the attributes that a span gets when its call ends: a projection of the record. See
 * docs/decisions/tracing.md#every-outcome-but-completed-is-a-span-of-status-error.
 */
final class EndAttributes {

    private static final String FIRST_TOKEN = "llmops.first_token";
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLISECOND = 1e6;
    private static final List<String> NO_FINAL_EVENT = List.of("error");
    private static final ConcurrentMap<Enum<?>, String> WORDS = new ConcurrentHashMap<>();

    private final SpanProfile profile;
    private final ApplicationAttributes applicationAttributes;

    EndAttributes(SpanProfile profile) {
        this.profile = profile;
        this.applicationAttributes = new ApplicationAttributes(profile);
    }

    void useTelemetry(Telemetry telemetry) {
        applicationAttributes.useTelemetry(telemetry);
    }

    /** Returns the error's type, or the outcome's name if there is no error. */
    private static String errorType(CallRecord record) {
        return record.error() == null
                ? lowerCase(record.outcome())
                : record.error().type();
    }

    /** Describes the ending without the error's message, which may quote content. */
    private static String statusDescription(CallRecord record) {
        String outcome = lowerCase(record.outcome());
        return record.error() == null
                ? outcome
                : outcome + ": " + record.error().kind();
    }

    static String lowerCase(Enum<?> constant) {
        String known = WORDS.get(constant); // without the lock that computing takes even where nothing is absent
        return known != null
                ? known
                : WORDS.computeIfAbsent(constant, c -> c.name().toLowerCase(Locale.ROOT));
    }

    void addTo(Span span, CallRecord record, long startEpochNanos, boolean showsContent) {
        applicationAttributes.addTo(span, record);
        outcome(span, record);
        response(span, record);
        usage(span, record.usage());
        timing(span, record);
        if (record.cost() != null) {
            cost(span, record.cost());
        }
        safety(span, record);
        if (showsContent) {
            putIfKnown(span, Keys.INPUT_MESSAGES, MessageJson.input(record));
            putIfKnown(span, Keys.OUTPUT_MESSAGES, MessageJson.output(record));
        }
        OptionalLong firstToken = record.timing().timeToFirstTokenNanos();
        if (firstToken.isPresent()) {
            long nanos = firstToken.getAsLong();
            Attributes attributes = Attributes.of(Keys.TTFT_MS, nanos / 1e6);
            span.addEvent(FIRST_TOKEN, attributes, startEpochNanos + nanos, TimeUnit.NANOSECONDS);
        }
        if (record.outcome() != Outcome.COMPLETED) {
            span.setStatus(StatusCode.ERROR, statusDescription(record));
        }
    }

    private static void putIfKnown(Span span, AttributeKey<String> key, @Nullable String value) {
        if (value != null) {
            span.setAttribute(key, value);
        }
    }

    private static void putIfKnown(Span span, AttributeKey<Long> key, OptionalLong value) {
        if (value.isPresent()) {
            span.setAttribute(key, value.getAsLong());
        }
    }

    private static void putIfKnown(Span span, AttributeKey<Double> key, OptionalLong nanos, double nanosPerUnit) {
        if (nanos.isPresent()) {
            span.setAttribute(key, nanos.getAsLong() / nanosPerUnit);
        }
    }

    private static void outcome(Span span, CallRecord record) {
        span.setAttribute(Keys.OUTCOME, lowerCase(record.outcome()));
        if (record.outcome() != Outcome.COMPLETED) {
            span.setAttribute(Keys.ERROR_TYPE, errorType(record));
        }
        if (record.error() != null) {
            span.setAttribute(Keys.ERROR_KIND, record.error().kind().name());
            record.error().httpStatus().ifPresent(status -> span.setAttribute(Keys.HTTP_STATUS, (long) status));
        }
    }

    private static void response(Span span, CallRecord record) {
        putIfKnown(span, Keys.RESPONSE_MODEL, record.responseModel());
        List<String> reasons = record.finishReasons();
        boolean brokeOff = record.outcome() != Outcome.COMPLETED
                && record.timing().timeToFirstChunkNanos().isPresent();
        if (!reasons.isEmpty() || brokeOff) {
            span.setAttribute(Keys.FINISH_REASONS, reasons.isEmpty() ? NO_FINAL_EVENT : reasons);
        }
        if (record.retries() > 0) {
            span.setAttribute(Keys.RETRIES, (long) record.retries());
        }
        if (record.isRefusal()) {
            span.setAttribute(Keys.REFUSAL, true);
        }
        if (record.cache() != null) {
            span.setAttribute(Keys.CACHE_RESULT, lowerCase(record.cache()));
        }
    }

    private void usage(Span span, TokenUsage usage) {
        span.setAttribute(Keys.USAGE_ORIGIN, lowerCase(usage.origin()));
        putIfKnown(span, Keys.INPUT_TOKENS, usage.inputTokens());
        putIfKnown(span, Keys.OUTPUT_TOKENS, usage.outputTokens());
        putIfPositive(span, Keys.CACHE_READ_TOKENS, usage.cachedInputTokens());
        putIfPositive(span, profile.cacheWriteTokens(), usage.cacheWriteTokens());
        putIfPositive(span, Keys.REASONING_TOKENS, usage.reasoningTokens());
        if (!usage.details().isEmpty()) {
            usage.details().forEach((kind, count) -> {
                AttributeKey<Long> key = profile.modalityTokens().get(kind);
                if (key != null) {
                    putIfPositive(span, key, count);
                }
            });
        }
    }

    private static void putIfPositive(Span span, AttributeKey<Long> key, long tokens) {
        if (tokens > 0) {
            span.setAttribute(key, tokens);
        }
    }

    private static void timing(Span span, CallRecord record) {
        var timing = record.timing();
        if (record.info().isStreaming()) {
            putIfKnown(span, Keys.TIME_TO_FIRST_CHUNK, timing.timeToFirstChunkNanos(), NANOS_PER_SECOND);
        }
        putIfKnown(span, Keys.TTFT_MS, timing.timeToFirstTokenNanos(), NANOS_PER_MILLISECOND);
        putIfKnown(span, Keys.TIME_PER_OUTPUT_TOKEN_MS, timing.timePerOutputTokenNanos(), NANOS_PER_MILLISECOND);
        if (timing.phases().isEmpty()) {
            return;
        }
        Map<String, Long> nanosByPhase = new LinkedHashMap<>();
        for (Timing.Phase phase : timing.phases()) {
            nanosByPhase.merge(phase.name(), phase.durationNanos(), Long::sum);
        }
        nanosByPhase.forEach((phase, nanos) -> span.setAttribute(Keys.PHASE_PREFIX + phase + "_ms", nanos / 1e6));
    }

    private static void cost(Span span, Cost cost) {
        span.setAttribute(Keys.COST_STATE, lowerCase(cost.state()));
        span.setAttribute(Keys.COST_CURRENCY, cost.currency());
        if (cost.amountOrNull() != null) {
            span.setAttribute(Keys.COST_AMOUNT, cost.amountOrNull().toPlainString());
        }
    }

    private static void safety(Span span, CallRecord record) {
        if (!record.risks().isEmpty()) {
            span.setAttribute(
                    Keys.RISK_TYPES,
                    record.risks().stream().map(RiskFinding::type).distinct().toList());
        }
        Redaction redaction = record.redaction();
        if (redaction.status() != Redaction.Status.NOT_RUN) {
            span.setAttribute(Keys.PII_DETECTED, redaction.piiDetected());
            span.setAttribute(Keys.ANONYMIZED_FIELDS, redaction.anonymizedFields());
            span.setAttribute(Keys.REDACTION_STATUS, lowerCase(redaction.status()));
        }
    }
}
