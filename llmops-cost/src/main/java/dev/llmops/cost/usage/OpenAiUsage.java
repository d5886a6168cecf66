package dev.llmops.cost.usage;

import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Usage blocks in the form of OpenAI's chat completions and responses: details are inside the totals. */
final class OpenAiUsage {

    /** Not fields of any provider: where the reader notes the calls that it counted in the output. */
    static final String WEB_SEARCH_CALLS = "llmops_web_search_calls";

    static final String FILE_SEARCH_CALLS = "llmops_file_search_calls";
    static final String CONTAINERS = "llmops_containers_used";

    private static final String MISTRAL_SECONDS = "prompt_audio_seconds";

    /** xAI counts money in ticks: 1 tick = 1e-10 USD. */
    private static final int XAI_TICK_DIGITS = 10;

    /** Providers that report reasoning beside the output; their totals say so where they have one. */
    private static final Set<String> REASONING_BESIDE = Set.of("xai", "x_ai", "perplexity");

    private static final Map<String, UsageKind> INPUT_DETAILS = Map.of(
            "audio_tokens", UsageKind.INPUT_AUDIO_TOKENS,
            "image_tokens", UsageKind.INPUT_IMAGE_TOKENS,
            "video_tokens", UsageKind.INPUT_VIDEO_TOKENS);

    private static final Map<String, UsageKind> CACHED_DETAILS = Map.of(
            "text_tokens", UsageKind.CACHE_TEXT_READ_TOKENS,
            "audio_tokens", UsageKind.CACHE_AUDIO_READ_TOKENS,
            "image_tokens", UsageKind.CACHE_IMAGE_READ_TOKENS);

    private static final Map<String, UsageKind> OUTPUT_DETAILS = Map.of(
            "audio_tokens", UsageKind.OUTPUT_AUDIO_TOKENS,
            "image_tokens", UsageKind.OUTPUT_IMAGE_TOKENS,
            "video_tokens", UsageKind.OUTPUT_VIDEO_TOKENS);

    private static final Map<String, UsageKind> XAI_TOOLS = Map.of(
            "web_search_calls", UsageKind.WEB_SEARCHES,
            "x_search_calls", UsageKind.SOCIAL_SEARCHES,
            "code_interpreter_calls", UsageKind.CODE_EXECUTIONS,
            "code_execution_calls", UsageKind.CODE_EXECUTIONS,
            "file_search_calls", UsageKind.STORAGE_SEARCHES,
            "document_search_calls", UsageKind.STORAGE_SEARCHES,
            "collections_search_calls", UsageKind.STORAGE_SEARCHES);

    private OpenAiUsage() {}

    static TokenUsage usage(JsonNode block, String provider) {
        JsonNode inputDetails = first(block, "prompt_tokens_details", "input_tokens_details", "input_token_details");
        JsonNode outputDetails =
                first(block, "completion_tokens_details", "output_tokens_details", "output_token_details");
        ReportedTotals totals = ReportedTotals.of(
                input(block), Count.of(block, "completion_tokens", "output_tokens"), Count.of(block, "total_tokens"));
        long input = totals.inputOrZero();
        long output = totals.outputOrZero();
        long reasoning = UsageReader.count(outputDetails, "reasoning_tokens");
        long extraReasoning = UsageReader.count(block, "reasoning_tokens");
        long citations = UsageReader.count(block, "citation_tokens");
        long beside =
                extraReasoning + citations + (isBeside(block, input, output, reasoning, provider) ? reasoning : 0);

        TokenUsage usage = totals.inclusive(0, beside)
                .cachedInput(cached(block, inputDetails))
                .cacheWrite(cacheWritten(block, inputDetails))
                .reasoning(reasoning + extraReasoning);
        usage = withLifetimes(usage, first(inputDetails, "cache_creation", "cache_creation_token_details"));
        usage = withDetails(usage, inputDetails, INPUT_DETAILS);
        usage = withOverlaps(usage, first(inputDetails, "cached_tokens_details"));
        usage = withDetails(usage, outputDetails, OUTPUT_DETAILS);
        usage = with(usage, UsageKind.OUTPUT_CITATION_TOKENS, citations);
        usage = with(
                usage,
                UsageKind.WEB_SEARCHES,
                UsageReader.count(block, "num_search_queries", "num_sources_used", WEB_SEARCH_CALLS));
        usage = with(usage, UsageKind.STORAGE_SEARCHES, UsageReader.count(block, FILE_SEARCH_CALLS));
        usage = with(usage, UsageKind.CODE_EXECUTIONS, UsageReader.count(block, CONTAINERS));
        usage = withTools(usage, first(block, "server_side_tool_usage_details", "server_side_tool_usage"));
        usage = with(usage, UsageKind.INPUT_DOCUMENT_PAGES, UsageReader.count(block, "pages_processed"));
        return totals.unlessNothingWasRead(withSeconds(usage, block));
    }

    /** DeepSeek's prompt is what its cache had and what it had not. */
    private static long input(JsonNode block) {
        long input = Count.of(block, "prompt_tokens", "input_tokens");
        long missed = Count.of(block, "prompt_cache_miss_tokens");
        return input == Count.NOT_REPORTED && missed != Count.NOT_REPORTED
                ? missed + UsageReader.count(block, "prompt_cache_hit_tokens")
                : input;
    }

    private static TokenUsage withLifetimes(TokenUsage usage, JsonNode lifetimes) {
        return AnthropicUsage.withLifetimes(
                usage,
                UsageReader.count(lifetimes, "ephemeral_5m_input_tokens"),
                UsageReader.count(lifetimes, "ephemeral_1h_input_tokens"));
    }

    /** Adds zeros too: where nothing of a kind was cached, nothing has to be inferred. */
    private static TokenUsage withOverlaps(TokenUsage usage, JsonNode details) {
        TokenUsage with = usage;
        for (Map.Entry<String, UsageKind> kind : CACHED_DETAILS.entrySet()) {
            long count = Count.of(details, kind.getKey());
            with = count == Count.NOT_REPORTED ? with : with.with(kind.getValue(), count);
        }
        return with;
    }

    /** Returns true if the reasoning count comes on top of the output count; the total decides where it can. */
    private static boolean isBeside(JsonNode block, long input, long output, long reasoning, String provider) {
        long total = UsageReader.count(block, "total_tokens");
        if (reasoning == 0 || total == input + output) {
            return false;
        }
        return total == input + output + reasoning || REASONING_BESIDE.contains(provider);
    }

    private static long cached(JsonNode block, JsonNode details) {
        long inDetails = Count.of(details, "cached_tokens");
        return inDetails != Count.NOT_REPORTED
                ? inDetails
                : UsageReader.count(
                        block,
                        "prompt_cache_hit_tokens",
                        "cached_tokens",
                        "num_cached_tokens",
                        "cache_read_input_tokens");
    }

    private static long cacheWritten(JsonNode block, JsonNode details) {
        long inDetails = UsageReader.count(
                details, "cache_write_tokens", "cache_creation_tokens", "cache_creation_input_tokens");
        return inDetails > 0 ? inDetails : UsageReader.count(block, "cache_creation_input_tokens");
    }

    private static TokenUsage withSeconds(TokenUsage usage, JsonNode block) {
        BigDecimal seconds =
                Count.seconds(block.has(MISTRAL_SECONDS) ? block.path(MISTRAL_SECONDS) : block.path("seconds"));
        return seconds == null
                ? usage
                : with(
                        usage,
                        UsageKind.INPUT_AUDIO_SECONDS,
                        seconds.movePointRight(9).longValue());
    }

    private static TokenUsage withDetails(TokenUsage usage, JsonNode details, Map<String, UsageKind> kinds) {
        TokenUsage with = usage;
        for (Map.Entry<String, UsageKind> kind : kinds.entrySet()) {
            with = with(with, kind.getValue(), UsageReader.count(details, kind.getKey()));
        }
        return with;
    }

    /** Several tools may count as one kind; what they used adds up. */
    private static TokenUsage withTools(TokenUsage usage, JsonNode tools) {
        TokenUsage with = usage;
        Map<UsageKind, Long> counts = new TreeMap<>();
        XAI_TOOLS.forEach((name, kind) -> counts.merge(kind, UsageReader.count(tools, name), Long::sum));
        for (Map.Entry<UsageKind, Long> count : counts.entrySet()) {
            with = with(with, count.getKey(), count.getValue());
        }
        return with;
    }

    private static TokenUsage with(TokenUsage usage, UsageKind kind, long count) {
        return count > 0 ? usage.with(kind, count) : usage;
    }

    private static JsonNode first(JsonNode block, String... names) {
        JsonNode found = block.path(names[0]);
        for (String name : names) {
            found = found.isObject() ? found : block.path(name);
        }
        return found;
    }

    /** OpenRouter's cost, Perplexity's total cost, or xAI's ticks, in US dollars. */
    static @Nullable BigDecimal reportedCost(JsonNode block) {
        BigDecimal ticks = Count.money(block.path("cost_in_usd_ticks"), XAI_TICK_DIGITS);
        JsonNode cost = block.path("cost").isObject() ? block.path("cost").path("total_cost") : block.path("cost");
        if (ticks == null && block.path("is_byok").asBoolean(false)) {
            return withUpstream(Count.money(cost, 0), block);
        }
        return ticks != null ? ticks : Count.money(cost, 0);
    }

    /** With a key of one's own OpenRouter's cost is its fee alone, and the provider bills the rest. */
    private static @Nullable BigDecimal withUpstream(@Nullable BigDecimal fee, JsonNode block) {
        BigDecimal upstream = Count.money(block.path("cost_details").path("upstream_inference_cost"), 0);
        return fee == null || upstream == null ? null : fee.add(upstream);
    }
}
