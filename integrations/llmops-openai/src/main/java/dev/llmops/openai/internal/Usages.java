package dev.llmops.openai.internal;

import com.openai.core.JsonField;
import com.openai.models.completions.CompletionUsage;
import com.openai.models.images.ImagesResponse;
import com.openai.models.responses.ResponseUsage;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;

/** Turns the client's usage into ours; OpenAI's totals include cached and reasoning tokens. */
final class Usages {

    private static final long UNKNOWN = -1;

    private Usages() {}

    static TokenUsage of(CompletionUsage reported) {
        TokenUsage usage = totals(reported._promptTokens(), reported._completionTokens());
        CompletionUsage.PromptTokensDetails input =
                reported._promptTokensDetails().asKnown().orElse(null);
        if (input != null) {
            usage = with(usage, UsageKind.CACHE_READ_TOKENS, input._cachedTokens());
            usage = with(usage, UsageKind.CACHE_WRITE_TOKENS, input._cacheWriteTokens());
            usage = with(usage, UsageKind.INPUT_AUDIO_TOKENS, input._audioTokens());
        }
        CompletionUsage.CompletionTokensDetails output =
                reported._completionTokensDetails().asKnown().orElse(null);
        if (output != null) {
            usage = with(usage, UsageKind.OUTPUT_REASONING_TOKENS, output._reasoningTokens());
            usage = with(usage, UsageKind.OUTPUT_AUDIO_TOKENS, output._audioTokens());
        }
        return usage;
    }

    static TokenUsage of(ResponseUsage reported) {
        TokenUsage usage = totals(reported._inputTokens(), reported._outputTokens());
        ResponseUsage.InputTokensDetails input =
                reported._inputTokensDetails().asKnown().orElse(null);
        if (input != null) {
            usage = with(usage, UsageKind.CACHE_READ_TOKENS, input._cachedTokens());
            usage = with(usage, UsageKind.CACHE_WRITE_TOKENS, input._cacheWriteTokens());
        }
        ResponseUsage.OutputTokensDetails output =
                reported._outputTokensDetails().asKnown().orElse(null);
        return output == null ? usage : with(usage, UsageKind.OUTPUT_REASONING_TOKENS, output._reasoningTokens());
    }

    static TokenUsage of(ImagesResponse.Usage reported) {
        TokenUsage usage = totals(reported._inputTokens(), reported._outputTokens());
        ImagesResponse.Usage.InputTokensDetails input =
                reported._inputTokensDetails().asKnown().orElse(null);
        return input == null ? usage : with(usage, UsageKind.INPUT_IMAGE_TOKENS, input._imageTokens());
    }

    private static TokenUsage totals(JsonField<Long> input, JsonField<Long> output) {
        return TokenUsage.inclusive(
                input.asKnown().orElse(UNKNOWN), output.asKnown().orElse(UNKNOWN));
    }

    private static TokenUsage with(TokenUsage usage, UsageKind kind, JsonField<Long> count) {
        long known = count.asKnown().orElse(0L);
        return known > 0 ? usage.with(kind, known) : usage;
    }
}
