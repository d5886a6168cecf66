package dev.llmops.cost.usage;

import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.internal.UsageCounts;
import tools.jackson.databind.JsonNode;

/** Usage blocks in the form of Anthropic's messages and of Bedrock's converse: the cache is beside the input. */
final class AnthropicUsage {

    private AnthropicUsage() {}

    static TokenUsage usage(JsonNode block) {
        JsonNode lifetimes = block.path("cache_creation");
        long fiveMinutes = UsageReader.count(lifetimes, "ephemeral_5m_input_tokens");
        long oneHour = UsageReader.count(lifetimes, "ephemeral_1h_input_tokens");
        // Some servers report the parts and a total of 0: the parts win over a smaller total.
        long written = Math.max(UsageReader.count(block, "cache_creation_input_tokens"), fiveMinutes + oneHour);
        ReportedTotals totals = ReportedTotals.of(
                UsageReader.reported(block, "input_tokens"),
                UsageReader.reported(block, "output_tokens"),
                UsageCounts.NOT_REPORTED);
        TokenUsage usage = inclusive(totals, UsageReader.count(block, "cache_read_input_tokens"), written)
                .reasoning(UsageReader.count(block.path("output_tokens_details"), "thinking_tokens"));
        long searches = UsageReader.count(block.path("server_tool_use"), "web_search_requests");
        usage = fiveMinutes > 0 ? usage.with(UsageKind.CACHE_WRITE_5M_TOKENS, fiveMinutes) : usage;
        usage = oneHour > 0 ? usage.with(UsageKind.CACHE_WRITE_1H_TOKENS, oneHour) : usage;
        return totals.unlessNothingWasRead(searches > 0 ? usage.with(UsageKind.WEB_SEARCHES, searches) : usage);
    }

    static TokenUsage converse(JsonNode block) {
        long read = UsageReader.count(block, "cacheReadInputTokens", "cacheReadInputTokenCount");
        long written = UsageReader.count(block, "cacheWriteInputTokens", "cacheWriteInputTokenCount");
        ReportedTotals totals = ReportedTotals.of(
                UsageReader.reported(block, "inputTokens"),
                UsageReader.reported(block, "outputTokens"),
                UsageReader.count(block, "totalTokens") - read - written);
        return totals.unlessNothingWasRead(inclusive(totals, read, written));
    }

    private static TokenUsage inclusive(ReportedTotals totals, long read, long written) {
        return TokenUsage.inclusive(totals.inputOrZero() + read + written, totals.outputOrZero())
                .cachedInput(read)
                .cacheWrite(written);
    }
}
