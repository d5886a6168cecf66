package dev.llmops.langchain4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import org.junit.jupiter.api.Test;

class UsagesTest {

    @Test
    void gemini_s_input_includes_cached_tokens_and_its_output_no_thoughts() {
        dev.llmops.core.record.TokenUsage usage = Usages.of(GoogleAiGeminiTokenUsage.builder()
                .inputTokenCount(21)
                .outputTokenCount(4)
                .cachedContentTokenCount(8)
                .thoughtsTokenCount(6)
                .build());
        assertThat(usage.inputTokens()).hasValue(21);
        assertThat(usage.cachedInputTokens()).isEqualTo(8);
        assertThat(usage.outputTokens()).hasValue(10);
        assertThat(usage.count(dev.llmops.core.record.UsageKind.OUTPUT_REASONING_TOKENS))
                .isEqualTo(6);
    }

    @Test
    void gemini_s_details_may_be_missing() {
        dev.llmops.core.record.TokenUsage usage = Usages.of(GoogleAiGeminiTokenUsage.builder()
                .inputTokenCount(21)
                .outputTokenCount(4)
                .build());
        assertThat(usage).isEqualTo(dev.llmops.core.record.TokenUsage.inclusive(21, 4));
    }

    @Test
    void a_plain_usage_has_totals_only() {
        assertThat(Usages.of(new TokenUsage(21, 4))).isEqualTo(dev.llmops.core.record.TokenUsage.inclusive(21, 4));
    }
}
