package dev.llmops.logging;

import dev.llmops.core.privacy.SafeText;
import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostComponent;
import dev.llmops.core.record.Redaction;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.record.Timing;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.ToolCall;
import dev.llmops.core.record.UsageKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The log record of a call, field by field as the schema has them. What is not known is absent.
 *
 * <p>See docs/decisions/logging.md#error-messages-need-a-redactor-or-an-explicit-wish-for-content.
 */
final class CallProjection {

    static final String SCHEMA = "llmops.call/1";

    private final CommonFields common;
    private final boolean tokenAliases;
    private final boolean numericAmounts;
    private final boolean showsContent;

    CallProjection(CommonFields common, boolean tokenAliases, boolean numericAmounts, boolean showsContent) {
        this.common = common;
        this.tokenAliases = tokenAliases;
        this.numericAmounts = numericAmounts;
        this.showsContent = showsContent;
    }

    /** Prepares a record: what has to be computed or made well-formed is, once; the rest is read from the call when written. */
    FieldWriter.Source of(CallRecord record, Instant endedAt, double sampleRate) {
        return new Prepared(record, endedAt, sampleRate);
    }

    private final class Prepared implements FieldWriter.Source {

        private final CallRecord record;
        private final double sampleRate;
        private final CommonFields.Prepared common;
        private final @Nullable Object amount;
        private final List<String> priceIds;
        private final @Nullable JsonMap phases;
        private final @Nullable JsonList toolCalls;
        private final @Nullable JsonList risks;
        private final @Nullable JsonMap piiCounts;
        private final @Nullable JsonMap attributes;

        Prepared(CallRecord record, Instant endedAt, double sampleRate) {
            this.record = record;
            this.sampleRate = sampleRate;
            this.common = CallProjection.this.common.of(endedAt, record.info());
            this.amount = amount(record.cost());
            this.priceIds = priceIds(record.cost());
            this.phases = phases(record.timing());
            this.toolCalls = JsonList.of(record.toolCalls(), CallProjection::toolCall);
            this.risks = JsonList.of(record.risks(), CallProjection::risk);
            this.piiCounts = piiCounts(record.redaction());
            this.attributes = attributes(record.attributes());
        }

        @Override
        public void writeTo(FieldWriter out) {
            CallInfo info = record.info();
            CallProjection.this.common.write(SCHEMA, common, out);
            out.text(Field.RESPONSE_MODEL, record.responseModel());
            out.text(Field.SERVER_ADDRESS, info.serverAddress());
            out.value(Field.VERSION_SET, CallProjection.this.common.versionSet(info.versionSet()));
            out.flag(Field.STREAMING, info.isStreaming());
            out.word(Field.STATUS, record.outcome().status());
            error(out);
            out.texts(Field.FINISH_REASONS, record.finishReasons());
            tokens(record.usage(), out);
            latency(record.timing(), out);
            out.value(Field.PHASES_MS, phases);
            out.value(Field.TOOL_CALLS, toolCalls);
            cost(out);
            out.number(Field.RETRIES, record.retries());
            if (record.cache() != null) {
                out.flag(Field.CACHE_HIT, record.cache() != CacheResult.MISS);
            }
            out.flag(Field.REFUSAL, record.isRefusal());
            out.value(Field.RISK, risks);
            redaction(out);
            out.number(Field.SAMPLE_RATE, sampleRate);
            out.value(Field.ATTRIBUTES, attributes);
            if (showsContent) {
                out.text(Field.INPUT, record.content().input());
                out.text(Field.OUTPUT, record.content().output());
            }
        }

        private void error(FieldWriter out) {
            CallError error = record.error();
            if (error == null) {
                return;
            }
            out.begin(Field.ERROR);
            out.text(Field.ERROR_KIND, error.kind().name());
            out.text(Field.ERROR_TYPE, error.type());
            out.text(Field.ERROR_MESSAGE, showsMessage(record.redaction()) ? error.message() : null);
            if (error.httpStatus().isPresent()) {
                out.number(Field.ERROR_HTTP_STATUS, (long) error.httpStatus().getAsInt());
            }
            out.end();
        }

        private void cost(FieldWriter out) {
            Cost cost = record.cost();
            if (cost == null) {
                return;
            }
            out.begin(Field.COST);
            out.value(Field.COST_AMOUNT, amount);
            out.text(Field.COST_CURRENCY, cost.currency());
            out.word(Field.COST_STATE, Words.of(cost.state()));
            out.texts(Field.COST_PRICE_IDS, priceIds);
            out.end();
        }

        private void redaction(FieldWriter out) {
            Redaction redaction = record.redaction();
            if (redaction.status() == Redaction.Status.NOT_RUN) {
                return;
            }
            out.begin(Field.PII);
            out.flag(Field.PII_DETECTED, redaction.piiDetected());
            out.texts(Field.PII_ANONYMIZED_FIELDS, redaction.anonymizedFields());
            out.value(Field.PII_COUNTS, piiCounts);
            out.end();
            out.begin(Field.REDACTION);
            out.word(Field.REDACTION_STATUS, Words.of(redaction.status()));
            out.text(Field.REDACTION_DETECTOR_VERSION, redaction.detectorVersion());
            out.end();
        }
    }

    /** A message may quote the prompt: it takes a redactor that has seen it, or someone who asked for content. */
    private boolean showsMessage(Redaction redaction) {
        return switch (redaction.status()) {
            case CLEAN, REDACTED -> true;
            case NOT_RUN -> showsContent;
            case DROPPED -> false;
        };
    }

    private void tokens(TokenUsage usage, FieldWriter out) {
        long input = usage.count(UsageKind.INPUT_TOKENS);
        long output = usage.count(UsageKind.OUTPUT_TOKENS);
        out.count(Field.TOKENS_IN, input);
        out.count(Field.TOKENS_OUT, output);
        if (tokenAliases) {
            out.count(Field.INPUT_TOKENS, input);
            out.count(Field.OUTPUT_TOKENS, output);
        }
        out.begin(Field.TOKENS);
        out.word(Field.TOKENS_ORIGIN, Words.of(usage.origin()));
        positive(Field.TOKENS_CACHED_INPUT, usage.cachedInputTokens(), out);
        positive(Field.TOKENS_CACHE_WRITE, usage.cacheWriteTokens(), out);
        positive(Field.TOKENS_REASONING, usage.reasoningTokens(), out);
        out.end();
    }

    private static void positive(Field field, long tokens, FieldWriter out) {
        if (tokens > 0) {
            out.number(field, tokens);
        }
    }

    private static void latency(Timing timing, FieldWriter out) {
        out.begin(Field.LATENCY_MS);
        out.millis(Field.LATENCY_TOTAL, timing.durationNanos());
        sum(Field.LATENCY_QUEUE, timing, out);
        sum(Field.LATENCY_RETRIEVAL, timing, out);
        out.millis(Field.LATENCY_FIRST_CHUNK, timing.timeToFirstChunkNanos());
        out.millis(Field.LATENCY_FIRST_TOKEN, timing.timeToFirstTokenNanos());
        out.millis(Field.LATENCY_FIRST_OUTPUT, timing.timeToFirstOutputNanos());
        out.millis(Field.LATENCY_GENERATION, timing.generationNanos());
        out.millis(Field.LATENCY_PER_OUTPUT_TOKEN, timing.timePerOutputTokenNanos());
        out.end();
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    /** Writes the time of all phases that have the name of the field, if there was one. */
    private static void sum(Field field, Timing timing, FieldWriter out) {
        List<Timing.Phase> phases = timing.phases();
        long nanos = 0;
        boolean found = false;
        for (int i = 0; i < phases.size(); i++) {
            if (phases.get(i).name().equals(field.text)) {
                nanos += phases.get(i).durationNanos();
                found = true;
            }
        }
        if (found) {
            out.millis(field, nanos);
        }
    }

    /** The phases that have no field of their own in the latency. */
    private static @Nullable JsonMap phases(Timing timing) {
        if (timing.phases().isEmpty()) {
            return null;
        }
        Map<String, Long> nanosByName = new LinkedHashMap<>();
        for (Timing.Phase phase : timing.phases()) {
            if (!phase.name().equals("queue") && !phase.name().equals("retrieval")) {
                nanosByName.merge(SafeText.sanitized(phase.name()), phase.durationNanos(), Long::sum);
            }
        }
        JsonMap.Builder phases = JsonMap.builder(nanosByName.size());
        nanosByName.forEach((name, nanos) -> phases.put(name, millis(nanos)));
        return emptyToNull(phases.build());
    }

    private static JsonMap toolCall(ToolCall tool) {
        return JsonMap.builder(4)
                .text("name", tool.name())
                .put("latency_ms", millis(tool.durationNanos()))
                .put("success", tool.isSuccess())
                .text(
                        "error_kind",
                        tool.errorKind() == null ? null : tool.errorKind().name())
                .build();
    }

    private @Nullable Object amount(@Nullable Cost cost) {
        BigDecimal amount = cost == null ? null : cost.amountOrNull();
        return amount == null || numericAmounts ? amount : amount.toPlainString();
    }

    private static List<String> priceIds(@Nullable Cost cost) {
        if (cost == null || cost.components().isEmpty()) {
            return List.of();
        }
        List<String> ids = new ArrayList<>(cost.components().size());
        for (CostComponent component : cost.components()) {
            if (component.priceId() != null && !ids.contains(component.priceId())) {
                ids.add(component.priceId());
            }
        }
        return ids;
    }

    static JsonMap risk(RiskFinding finding) {
        return JsonMap.builder(3)
                .text("type", finding.type())
                .text("action", finding.action())
                .text("detail", finding.detail())
                .build();
    }

    private static @Nullable JsonMap piiCounts(Redaction redaction) {
        if (redaction.counts().isEmpty()) {
            return null;
        }
        Map<String, Long> countsByType = new TreeMap<>();
        redaction
                .counts()
                .forEach((type, count) -> countsByType.merge(SafeText.sanitized(type), (long) count, Long::sum));
        JsonMap.Builder counts = JsonMap.builder(countsByType.size());
        countsByType.forEach(counts::put);
        return counts.build();
    }

    private static @Nullable JsonMap attributes(Map<String, Object> own) {
        if (own.isEmpty()) {
            return null;
        }
        // Two names may become one once they are made harmless; this map sees to it that no key comes twice.
        Map<String, Object> byName = new LinkedHashMap<>();
        own.forEach((name, value) -> byName.put(SafeText.sanitized(name), value));
        JsonMap.Builder attributes = JsonMap.builder(byName.size());
        byName.forEach((name, value) -> {
            if (value instanceof Double number) {
                attributes.number(name, number);
            } else if (value instanceof Long || value instanceof Boolean) {
                attributes.put(name, value);
            } else if (value instanceof List<?> texts) {
                attributes.put(name, JsonList.of(texts, text -> SafeText.wellFormed(String.valueOf(text))));
            } else {
                attributes.text(name, value.toString());
            }
        });
        return emptyToNull(attributes.build());
    }

    private static @Nullable JsonMap emptyToNull(JsonMap map) {
        return map.isEmpty() ? null : map;
    }
}
