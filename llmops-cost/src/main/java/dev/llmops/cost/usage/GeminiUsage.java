package dev.llmops.cost.usage;

import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.core.record.UsageOrigin;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Usage blocks in the form of Gemini's content generation: thoughts come on top of candidates, tool prompts on top of the
 * prompt, and documents count as images.
 */
final class GeminiUsage {

    /** Models before the third generation, with or without a prefix. */
    private static final Pattern BILLED_BY_PROMPT = Pattern.compile("(^|/)gemini-[12]\\b");

    private final JsonNode block;
    private final Map<UsageKind, Long> details = new TreeMap<>();

    private GeminiUsage(JsonNode block) {
        this.block = block;
    }

    /**
     * Reads a block.
     *
     * @param searches how many different queries the answer was grounded on
     * @param isGroundedOnMaps whether the answer was grounded on Google Maps, which says nothing of the number of queries
     * @param model the model that answered; up to 2.5 a grounded prompt is billed once, later ones by the query
     */
    static TokenUsage usage(JsonNode block, int searches, boolean isGroundedOnMaps, @Nullable String model) {
        TokenUsage usage = new GeminiUsage(block).read();
        if (usage.origin() == UsageOrigin.UNKNOWN) {
            return usage;
        }
        if (isGroundedOnMaps) {
            usage = usage.with(UsageKind.MAP_SEARCHES, 1);
        }
        if (searches == 0) {
            return usage;
        }
        boolean billedByPrompt =
                model != null && BILLED_BY_PROMPT.matcher(model).find();
        return usage.with(UsageKind.WEB_SEARCHES, billedByPrompt ? 1 : searches);
    }

    private TokenUsage read() {
        long tools = UsageReader.count(block, "toolUsePromptTokenCount");
        long thoughts = UsageReader.count(block, "thoughtsTokenCount");
        long cached = UsageReader.count(block, "cachedContentTokenCount");
        addModalities("promptTokensDetails", "input_%s_tokens");
        addModalities("toolUsePromptTokensDetails", "input_%s_tokens");
        addModalities("toolUsePromptTokensDetails", "input_%s_tool_tokens");
        addModalities("cacheTokensDetails", "cache_%s_read_tokens");
        addModalities(
                block.has("candidatesTokensDetails") ? "candidatesTokensDetails" : "responseTokensDetails",
                "output_%s_tokens");
        if (tools > 0) {
            details.put(UsageKind.INPUT_TOOL_TOKENS, tools);
        }
        settleOverlaps(cached > 0 && block.has("cacheTokensDetails"), UsageKind.CACHE_READ_TOKENS);
        settleOverlaps(tools > 0 && block.has("toolUsePromptTokensDetails"), UsageKind.INPUT_TOOL_TOKENS);
        // Candidates are counted without thoughts, so their modalities share nothing with reasoning.
        settleOverlaps(thoughts > 0, UsageKind.OUTPUT_REASONING_TOKENS);
        ReportedTotals totals = ReportedTotals.of(
                Count.of(block, "promptTokenCount"),
                Count.of(block, "candidatesTokenCount", "responseTokenCount"),
                UsageReader.count(block, "totalTokenCount") - tools - thoughts);
        TokenUsage usage = totals.inclusive(tools, thoughts).cachedInput(cached).reasoning(thoughts);
        for (Map.Entry<UsageKind, Long> detail : details.entrySet()) {
            usage = usage.with(detail.getKey(), detail.getValue());
        }
        return totals.unlessNothingWasRead(usage);
    }

    private void addModalities(String field, String key) {
        for (JsonNode detail : block.path(field)) {
            String modality = detail.path("modality").asString("").toLowerCase(Locale.ROOT);
            String name = modality.equals("document") ? "image" : modality;
            UsageKind.ofKey(String.format(Locale.ROOT, key, name))
                    .ifPresent(kind -> details.merge(kind, UsageReader.count(detail, "tokenCount"), Long::sum));
        }
    }

    /** Fills in zero overlaps: where the parts of a kind are itemised, a modality not among them shares nothing with it. */
    private void settleOverlaps(boolean itemised, UsageKind kind) {
        if (itemised) {
            for (UsageKind modality : Map.copyOf(details).keySet()) {
                UsageKind both = modality.hasTokenType() ? null : modality.overlapWith(kind);
                if (both != null) {
                    details.putIfAbsent(both, 0L);
                }
            }
        }
    }
}
