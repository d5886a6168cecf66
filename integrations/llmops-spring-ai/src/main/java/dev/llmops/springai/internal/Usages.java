package dev.llmops.springai.internal;

import com.openai.models.completions.CompletionUsage;
import dev.llmops.core.LlmCall;
import dev.llmops.core.record.TokenUsage;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.Usage;

/** Reads usage with the details that only the provider's own object has. */
final class Usages {

    private static final String OPENAI = "com.openai.models.completions.CompletionUsage";
    private static final String ANTHROPIC = "com.anthropic.";
    private static final String BEDROCK = "software.amazon.awssdk.";

    private Usages() {}

    /** Reports usage; chunks without any say 0. */
    static void report(@Nullable Usage usage, LlmCall call) {
        if (usage != null && (count(usage.getPromptTokens()) > 0 || count(usage.getCompletionTokens()) > 0)) {
            call.usage(of(usage));
        }
    }

    private static TokenUsage of(Usage usage) {
        Object ofProvider = usage.getNativeUsage();
        String type = ofProvider == null ? "" : ofProvider.getClass().getName();
        TokenUsage tokens = total(usage, type)
                .cachedInput(count(usage.getCacheReadInputTokens()))
                .cacheWrite(count(usage.getCacheWriteInputTokens()));
        // Compared by name: a type that is absent must not be linked.
        return OPENAI.equals(type) ? tokens.reasoning(OpenAi.reasoning(ofProvider)) : tokens;
    }

    /** Anthropic's and Bedrock's input is without what was read from the cache or written to it. */
    private static TokenUsage total(Usage usage, String type) {
        long input = count(usage.getPromptTokens());
        long output = count(usage.getCompletionTokens());
        return type.startsWith(ANTHROPIC) || type.startsWith(BEDROCK)
                ? TokenUsage.exclusive(input, output)
                : TokenUsage.inclusive(input, output);
    }

    /** An unknown total is negative, and so is an unknown detail, which is ignored. */
    private static long count(@Nullable Number tokens) {
        return tokens == null ? -1 : tokens.longValue();
    }

    private static final class OpenAi {

        static long reasoning(@Nullable Object usage) {
            return usage instanceof CompletionUsage known
                    ? known.completionTokensDetails()
                            .flatMap(CompletionUsage.CompletionTokensDetails::reasoningTokens)
                            .orElse(-1L)
                    : -1;
        }
    }
}
