package dev.llmops.anthropic.internal;

import com.anthropic.core.JsonField;
import com.anthropic.models.messages.CacheCreation;
import com.anthropic.models.messages.MessageDeltaUsage;
import com.anthropic.models.messages.OutputTokensDetails;
import com.anthropic.models.messages.ServerToolUsage;
import com.anthropic.models.messages.Usage;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;

/**
 * Turns the client's usage into ours. Anthropic's input tokens include neither what was read from the cache nor what was
 * written to it; its output tokens include the thinking.
 */
final class Usages {

    private static final long UNKNOWN = -1;

    private Usages() {}

    static TokenUsage of(Usage reported) {
        return of(reported, count(reported._outputTokens(), UNKNOWN));
    }

    /** The usage at the start of a stream, whose output has only begun. */
    static TokenUsage atStart(Usage reported) {
        return of(reported, UNKNOWN);
    }

    private static TokenUsage of(Usage reported, long output) {
        CacheCreation lifetimes = reported._cacheCreation().asKnown().orElse(null);
        long fiveMinutes = lifetimes == null ? 0 : count(lifetimes._ephemeral5mInputTokens(), 0);
        long oneHour = lifetimes == null ? 0 : count(lifetimes._ephemeral1hInputTokens(), 0);
        long written = count(reported._cacheCreationInputTokens(), 0);
        TokenUsage usage = output(count(reported._inputTokens(), UNKNOWN), output, reported._outputTokensDetails())
                .cachedInput(count(reported._cacheReadInputTokens(), 0))
                .cacheWrite(Math.max(0, written - fiveMinutes - oneHour));
        usage = with(usage, UsageKind.CACHE_WRITE_5M_TOKENS, fiveMinutes);
        usage = with(usage, UsageKind.CACHE_WRITE_1H_TOKENS, oneHour);
        return withSearches(usage, reported._serverToolUse());
    }

    static TokenUsage of(MessageDeltaUsage reported) {
        TokenUsage usage = output(
                        count(reported._inputTokens(), UNKNOWN),
                        count(reported._outputTokens(), UNKNOWN),
                        reported._outputTokensDetails())
                .cachedInput(count(reported._cacheReadInputTokens(), 0))
                .cacheWrite(count(reported._cacheCreationInputTokens(), 0));
        return withSearches(usage, reported._serverToolUse());
    }

    private static TokenUsage output(long input, long output, JsonField<OutputTokensDetails> details) {
        long thinking = details.asKnown()
                .map(known -> count(known._thinkingTokens(), 0))
                .orElse(0L);
        TokenUsage usage = TokenUsage.exclusive(input, output < 0 ? output : Math.max(0, output - thinking));
        return thinking > 0 && output >= 0 ? usage.reasoning(thinking) : usage;
    }

    private static TokenUsage withSearches(TokenUsage usage, JsonField<ServerToolUsage> tools) {
        long searches = tools.asKnown()
                .map(known -> count(known._webSearchRequests(), 0))
                .orElse(0L);
        return with(usage, UsageKind.WEB_SEARCHES, searches);
    }

    private static TokenUsage with(TokenUsage usage, UsageKind kind, long count) {
        return count > 0 ? usage.with(kind, count) : usage;
    }

    private static long count(JsonField<Long> field, long otherwise) {
        return field.asKnown().orElse(otherwise);
    }
}
