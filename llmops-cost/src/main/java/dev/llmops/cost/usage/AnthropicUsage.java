package dev.llmops.cost.usage;

import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Usage blocks in the form of Anthropic's messages and of Bedrock's converse: the cache is beside the input. */
final class AnthropicUsage {

    private AnthropicUsage() {}

    static TokenUsage usage(JsonNode block) {
        // The totals leave out what was sampled to compact the conversation.
        List<JsonNode> beside = iterations(block, "compaction").toList();
        List<JsonNode> all = new ArrayList<>(beside);
        all.add(block);
        long fiveMinutes = sum(all, AnthropicUsage::fiveMinutes);
        long oneHour = sum(all, AnthropicUsage::oneHour);
        long written = sum(all, AnthropicUsage::written);
        long read = sum(all, sampling -> UsageReader.count(sampling, "cache_read_input_tokens"));
        long input = sum(beside, sampling -> UsageReader.count(sampling, "input_tokens"));
        long output = sum(beside, sampling -> UsageReader.count(sampling, "output_tokens"));
        // What an advisor sampled is left out too, and is billed as another model's.
        boolean isAdvised = iterations(block, "advisor_message").findAny().isPresent();
        ReportedTotals totals = ReportedTotals.of(
                Count.of(block, "input_tokens"), Count.of(block, "output_tokens"), Count.NOT_REPORTED);
        TokenUsage usage = totals.inclusive(read + written + input, output);
        usage = isAdvised ? UsageReader.incomplete(usage) : usage;
        usage = usage.cachedInput(read)
                .cacheWrite(written)
                .reasoning(UsageReader.count(block.path("output_tokens_details"), "thinking_tokens"));
        long searches = UsageReader.count(block.path("server_tool_use"), "web_search_requests");
        usage = withLifetimes(usage, fiveMinutes, oneHour);
        return totals.unlessNothingWasRead(searches > 0 ? usage.with(UsageKind.WEB_SEARCHES, searches) : usage);
    }

    private static Stream<JsonNode> iterations(JsonNode block, String type) {
        return block.path("iterations")
                .valueStream()
                .filter(iteration -> iteration.path("type").asString("").equals(type));
    }

    private static long sum(List<JsonNode> samplings, ToLongFunction<JsonNode> count) {
        return samplings.stream().mapToLong(count).sum();
    }

    private static long fiveMinutes(JsonNode sampling) {
        return UsageReader.count(sampling.path("cache_creation"), "ephemeral_5m_input_tokens");
    }

    private static long oneHour(JsonNode sampling) {
        return UsageReader.count(sampling.path("cache_creation"), "ephemeral_1h_input_tokens");
    }

    /** Some servers report the parts and a total of 0: the parts win over a smaller total. */
    private static long written(JsonNode sampling) {
        return Math.max(
                UsageReader.count(sampling, "cache_creation_input_tokens"), fiveMinutes(sampling) + oneHour(sampling));
    }

    /**
     * Fast mode is billed like a tier; the tier of such a response says standard. Priority Tier is capacity that was paid for
     * in advance, and not what {@code priority} and {@code fast} mean elsewhere.
     */
    static @Nullable String serviceTier(JsonNode block, @Nullable String otherwise) {
        String speed = block.path("speed").asString("");
        String tier = UsageReader.textOr(otherwise, block.path("service_tier"));
        if (speed.equals("fast")) {
            return speed;
        }
        return "priority".equals(tier) ? "priority_tier" : tier;
    }

    static TokenUsage converse(JsonNode block) {
        long fiveMinutes = 0;
        long oneHour = 0;
        for (JsonNode write : block.path("cacheDetails")) {
            long tokens = UsageReader.count(write, "inputTokens");
            switch (write.path("ttl").asString("")) {
                case "1h" -> oneHour += tokens;
                case "5m" -> fiveMinutes += tokens;
                default -> {
                    // A lifetime without a price of its own is billed with all writes.
                }
            }
        }
        long read = UsageReader.count(block, "cacheReadInputTokens", "cacheReadInputTokenCount");
        long written = Math.max(
                UsageReader.count(block, "cacheWriteInputTokens", "cacheWriteInputTokenCount"), fiveMinutes + oneHour);
        ReportedTotals totals = ReportedTotals.of(
                Count.of(block, "inputTokens"),
                Count.of(block, "outputTokens"),
                UsageReader.count(block, "totalTokens") - read - written);
        return totals.unlessNothingWasRead(withLifetimes(inclusive(totals, read, written), fiveMinutes, oneHour));
    }

    private static TokenUsage inclusive(ReportedTotals totals, long read, long written) {
        return totals.inclusive(read + written, 0).cachedInput(read).cacheWrite(written);
    }

    static TokenUsage withLifetimes(TokenUsage usage, long fiveMinutes, long oneHour) {
        TokenUsage with = fiveMinutes > 0 ? usage.with(UsageKind.CACHE_WRITE_5M_TOKENS, fiveMinutes) : usage;
        return oneHour > 0 ? with.with(UsageKind.CACHE_WRITE_1H_TOKENS, oneHour) : with;
    }
}
