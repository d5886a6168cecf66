package dev.llmops.logging;

import dev.llmops.core.privacy.SafeText;
import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostComponent;
import dev.llmops.core.record.PhaseTiming;
import dev.llmops.core.record.Redaction;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.record.Timing;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.ToolCall;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The log record of a call, field by field as the schema has them. What is not known is absent.
 *
 * <p>See docs/decisions/logging.md#error-messages-need-a-redactor-or-an-explicit-wish-for-content.
 */
final class CallProjection {

    static final String SCHEMA = "llmops.call/1";

    private static final int USUAL_FIELDS = 32;

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

    JsonMap of(CallRecord record, double sampleRate) {
        CallInfo info = record.info();
        TokenUsage usage = record.usage();
        Long tokensIn = boxed(usage.inputTokens());
        Long tokensOut = boxed(usage.outputTokens());
        return common.begin(USUAL_FIELDS, SCHEMA, record.endedAt(), info)
                .text("response_model", record.responseModel())
                .text("server_address", info.serverAddress())
                .put("version_set", common.versionSet(info.versionSet()))
                .put("streaming", info.isStreaming())
                .put("status", record.outcome().status())
                .put("error", error(record))
                .put("finish_reasons", JsonList.ofTexts(record.finishReasons()))
                .put("tokens_in", tokensIn)
                .put("tokens_out", tokensOut)
                .put("input_tokens", tokenAliases ? tokensIn : null)
                .put("output_tokens", tokenAliases ? tokensOut : null)
                .put("tokens", tokens(usage))
                .put("latency_ms", latency(record.timing()))
                .put("phases_ms", phases(record.timing()))
                .put("tool_calls", JsonList.of(record.toolCalls(), CallProjection::toolCall))
                .put("cost", record.cost() == null ? null : cost(record.cost()))
                .put("retries", (long) record.retries())
                .put("cache_hit", record.cache() == null ? null : record.cache() != CacheResult.MISS)
                .put("refusal", record.isRefusal())
                .put("risk", JsonList.of(record.risks(), CallProjection::risk))
                .put("pii", pii(record.redaction()))
                .put("redaction", redaction(record.redaction()))
                .put("sample_rate", sampleRate)
                .put("attributes", attributes(record.attributes()))
                .text("input", showsContent ? record.content().input() : null)
                .text("output", showsContent ? record.content().output() : null)
                .build();
    }

    private static @Nullable Long boxed(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }

    private @Nullable JsonMap error(CallRecord record) {
        CallError error = record.error();
        if (error == null) {
            return null;
        }
        return JsonMap.builder(4)
                .text("kind", error.kind().name())
                .text("type", error.type())
                .text("message", showsMessage(record.redaction()) ? error.message() : null)
                .put(
                        "http_status",
                        error.httpStatus().isPresent()
                                ? (long) error.httpStatus().getAsInt()
                                : null)
                .build();
    }

    /** A message may quote the prompt: it takes a redactor that has seen it, or someone who asked for content. */
    private boolean showsMessage(Redaction redaction) {
        return switch (redaction.status()) {
            case CLEAN, REDACTED -> true;
            case NOT_RUN -> showsContent;
            case DROPPED -> false;
        };
    }

    private static JsonMap tokens(TokenUsage usage) {
        return JsonMap.builder(4)
                .put("origin", Words.of(usage.origin()))
                .put("cached_input", positive(usage.cachedInputTokens()))
                .put("cache_write", positive(usage.cacheWriteTokens()))
                .put("reasoning", positive(usage.reasoningTokens()))
                .build();
    }

    private static @Nullable Long positive(long tokens) {
        return tokens > 0 ? tokens : null;
    }

    private static JsonMap latency(Timing timing) {
        return JsonMap.builder(8)
                .put("total", millis(timing.durationNanos()))
                .put("queue", sumOf(timing, "queue"))
                .put("retrieval", sumOf(timing, "retrieval"))
                .put("first_chunk", millis(timing.timeToFirstChunkNanos()))
                .put("first_token", millis(timing.timeToFirstTokenNanos()))
                .put("first_output", millis(timing.timeToFirstOutputNanos()))
                .put("generation", millis(timing.generationNanos()))
                .put("per_output_token", millis(timing.timePerOutputTokenNanos()))
                .build();
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    private static @Nullable Double millis(OptionalLong nanos) {
        return nanos.isPresent() ? millis(nanos.getAsLong()) : null;
    }

    private static @Nullable Double sumOf(Timing timing, String name) {
        long nanos = 0;
        boolean found = false;
        for (PhaseTiming phase : timing.phases()) {
            if (phase.name().equals(name)) {
                nanos += phase.durationNanos();
                found = true;
            }
        }
        return found ? millis(nanos) : null;
    }

    /** The phases that have no field of their own in the latency. */
    private static @Nullable JsonMap phases(Timing timing) {
        if (timing.phases().isEmpty()) {
            return null;
        }
        Map<String, Long> nanosByName = new LinkedHashMap<>();
        for (PhaseTiming phase : timing.phases()) {
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

    private JsonMap cost(Cost cost) {
        return JsonMap.builder(4)
                .put("amount", amount(cost.amountOrNull()))
                .text("currency", cost.currency())
                .put("state", Words.of(cost.state()))
                .put("price_ids", JsonList.ofTexts(priceIds(cost)))
                .build();
    }

    private @Nullable Object amount(@Nullable BigDecimal amount) {
        return amount == null || numericAmounts ? amount : amount.toPlainString();
    }

    private static List<String> priceIds(Cost cost) {
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

    private static @Nullable JsonMap pii(Redaction redaction) {
        if (redaction.status() == Redaction.Status.NOT_RUN) {
            return null;
        }
        Map<String, Long> countsByType = new TreeMap<>();
        redaction
                .counts()
                .forEach((type, count) -> countsByType.merge(SafeText.sanitized(type), (long) count, Long::sum));
        JsonMap.Builder counts = JsonMap.builder(countsByType.size());
        countsByType.forEach(counts::put);
        return JsonMap.builder(3)
                .put("detected", redaction.piiDetected())
                .put("anonymized_fields", JsonList.ofTexts(redaction.anonymizedFields()))
                .put("counts", emptyToNull(counts.build()))
                .build();
    }

    private static @Nullable JsonMap redaction(Redaction redaction) {
        return redaction.status() == Redaction.Status.NOT_RUN
                ? null
                : JsonMap.builder(2)
                        .put("status", Words.of(redaction.status()))
                        .text("detector_version", redaction.detectorVersion())
                        .build();
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
