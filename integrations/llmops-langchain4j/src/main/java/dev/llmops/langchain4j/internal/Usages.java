package dev.llmops.langchain4j.internal;

import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import org.jspecify.annotations.Nullable;

/** Reads usage with the details that each provider's module of LangChain4j adds, which need not be there. */
public final class Usages {

    private static final String OPENAI = "dev.langchain4j.model.openai.OpenAiTokenUsage";
    private static final String ANTHROPIC = "dev.langchain4j.model.anthropic.AnthropicTokenUsage";
    private static final String GEMINI = "dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage";

    private Usages() {}

    public static dev.llmops.core.record.TokenUsage of(TokenUsage usage) {
        // Compared by name: a type that is absent must not be linked.
        return switch (usage.getClass().getName()) {
            case OPENAI -> OpenAi.of(usage);
            case ANTHROPIC -> Anthropic.of(usage);
            case GEMINI -> Gemini.of(usage);
            default ->
                dev.llmops.core.record.TokenUsage.inclusive(
                        count(usage.inputTokenCount()), count(usage.outputTokenCount()));
        };
    }

    /** An unknown total is negative, and so is an unknown detail, which is ignored. */
    private static long count(@Nullable Integer tokens) {
        return tokens == null ? -1 : tokens;
    }

    private static final class OpenAi {

        static dev.llmops.core.record.TokenUsage of(TokenUsage usage) {
            OpenAiTokenUsage openAi = (OpenAiTokenUsage) usage;
            var input = openAi.inputTokensDetails();
            var output = openAi.outputTokensDetails();
            return dev.llmops.core.record.TokenUsage.inclusive(
                            count(usage.inputTokenCount()), count(usage.outputTokenCount()))
                    .cachedInput(count(input == null ? null : input.cachedTokens()))
                    .reasoning(count(output == null ? null : output.reasoningTokens()));
        }
    }

    private static final class Anthropic {

        static dev.llmops.core.record.TokenUsage of(TokenUsage usage) {
            AnthropicTokenUsage anthropic = (AnthropicTokenUsage) usage;
            return dev.llmops.core.record.TokenUsage.exclusive(
                            count(usage.inputTokenCount()), count(usage.outputTokenCount()))
                    .cachedInput(count(anthropic.cacheReadInputTokens()))
                    .cacheWrite(count(anthropic.cacheCreationInputTokens()));
        }
    }

    /** Gemini's input includes the cached tokens, and its output does not include the thoughts. */
    private static final class Gemini {

        static dev.llmops.core.record.TokenUsage of(TokenUsage usage) {
            GoogleAiGeminiTokenUsage gemini = (GoogleAiGeminiTokenUsage) usage;
            long output = count(usage.outputTokenCount());
            long thoughts = Math.max(0, count(gemini.thoughtsTokenCount()));
            return dev.llmops.core.record.TokenUsage.inclusive(
                            count(usage.inputTokenCount()), output < 0 ? output : output + thoughts)
                    .cachedInput(count(gemini.cachedContentTokenCount()))
                    .reasoning(thoughts);
        }
    }
}
