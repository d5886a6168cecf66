package dev.llmops.cost.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.core.record.UsageOrigin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What servers send that no document promises. */
class OddUsageTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OPENAI_CHAT             | {"usage": {"prompt_tokens": "many", "completion_tokens": -5}}
            OPENAI_CHAT             | {"usage": {"prompt_tokens": null, "completion_tokens": null}}
            OPENAI_CHAT             | {"usage": {"prompt_tokens": 1e999999999, "completion_tokens": 1e30}}
            OPENAI_CHAT             | {"usage": {"total_tokens": 50}}
            OPENAI_RESPONSES        | {"response": {"usage": {"input_tokens": [], "output_tokens": {}}}}
            ANTHROPIC_MESSAGES      | {"usage": {"service_tier": "standard"}}
            GEMINI_GENERATE_CONTENT | {"usageMetadata": {"totalTokenCount": 50}}
            BEDROCK_CONVERSE        | {"usage": {"inputTokens": "?"}}
            """)
    void usage_without_a_readable_total_is_unknown_and_not_nothing(UsageReader.Shape shape, String body) {
        assertThat(read(shape, body).origin()).isEqualTo(UsageOrigin.UNKNOWN);
    }

    @Test
    void numbers_may_come_as_text() {
        assertThat(chat("\"prompt_tokens\": \"120\", \"completion_tokens\": \"30\","
                        + " \"prompt_tokens_details\": {\"cached_tokens\": \"100\"}"))
                .isEqualTo(TokenUsage.inclusive(120, 30).cachedInput(100));
    }

    @Test
    void a_missing_total_is_what_the_sum_leaves() {
        assertThat(chat("\"prompt_tokens\": 120, \"total_tokens\": 150")).isEqualTo(TokenUsage.inclusive(120, 30));
        assertThat(chat("\"completion_tokens\": 30, \"total_tokens\": 150")).isEqualTo(TokenUsage.inclusive(120, 30));
        assertThat(read(
                        UsageReader.Shape.BEDROCK_CONVERSE,
                        "{\"usage\": {\"inputTokens\": 20, \"cacheReadInputTokens\": 100, \"totalTokens\": 150}}"))
                .isEqualTo(TokenUsage.inclusive(120, 30).cachedInput(100));
        assertThat(read(UsageReader.Shape.GEMINI_GENERATE_CONTENT, """
                        {"usageMetadata": {"promptTokenCount": 100, "toolUsePromptTokenCount": 20,
                          "thoughtsTokenCount": 10, "totalTokenCount": 150}}""").outputTokens())
                .hasValue(30);
    }

    @Test
    void without_a_sum_a_missing_total_is_nothing() {
        assertThat(chat("\"prompt_tokens\": 120")).isEqualTo(TokenUsage.inclusive(120, 0));
    }

    @Test
    void details_may_be_null_or_of_another_type() {
        assertThat(chat("\"prompt_tokens\": 12, \"completion_tokens\": 3, \"total_tokens\": 15,"
                        + " \"prompt_tokens_details\": null, \"completion_tokens_details\": \"none\""))
                .isEqualTo(TokenUsage.inclusive(12, 3));
    }

    @Test
    void a_stream_that_counts_on_in_every_chunk_counts_once() {
        TokenUsage usage = read(UsageReader.Shape.OPENAI_CHAT, """
                data: {"choices": [{}], "usage": {"prompt_tokens": 9, "completion_tokens": 1, "total_tokens": 10}}

                data: {"choices": [{}], "usage": {"prompt_tokens": 9, "completion_tokens": 2, "total_tokens": 11}}

                data: {"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12}}

                data: [DONE]
                """);

        assertThat(usage).isEqualTo(TokenUsage.inclusive(9, 3));
    }

    @Test
    void gemini_counts_on_in_every_chunk_too() {
        TokenUsage usage = read(UsageReader.Shape.GEMINI_GENERATE_CONTENT, """
                data: {"usageMetadata": {"promptTokenCount": 9, "thoughtsTokenCount": 4, "totalTokenCount": 13}}

                data: {"usageMetadata": {"promptTokenCount": 9, "candidatesTokenCount": 5, "thoughtsTokenCount": 4, "totalTokenCount": 18}}
                """);

        assertThat(usage.inputTokens()).hasValue(9);
        assertThat(usage.outputTokens()).hasValue(9);
        assertThat(usage.count(UsageKind.OUTPUT_REASONING_TOKENS)).isEqualTo(4);
    }

    @Test
    void a_later_null_takes_nothing_back() {
        TokenUsage usage = read(UsageReader.Shape.OPENAI_CHAT, """
                data: {"usage": {"prompt_tokens": 9, "completion_tokens": 1, "prompt_tokens_details": {"cached_tokens": 8}}}

                data: {"usage": {"prompt_tokens": 9, "completion_tokens": 3, "prompt_tokens_details": null}}
                """);

        assertThat(usage).isEqualTo(TokenUsage.inclusive(9, 3).cachedInput(8));
    }

    @Test
    void an_anthropic_stream_has_its_input_at_the_start_and_its_last_output_at_the_end() {
        TokenUsage usage = read(UsageReader.Shape.ANTHROPIC_MESSAGES, """
                event: message_start
                data: {"type": "message_start", "message": {"usage": {"input_tokens": 25, "cache_read_input_tokens": 100, "output_tokens": 1}}}

                event: message_delta
                data: {"type": "message_delta", "usage": {"output_tokens": 10}}

                event: message_delta
                data: {"type": "message_delta", "usage": {"output_tokens": 15}}
                """);

        assertThat(usage).isEqualTo(TokenUsage.inclusive(125, 15).cachedInput(100));
    }

    private static TokenUsage chat(String counts) {
        return read(UsageReader.Shape.OPENAI_CHAT, "{\"usage\": {" + counts + "}}");
    }

    private static TokenUsage read(UsageReader.Shape shape, String body) {
        return UsageReader.read(shape, "", body).usage();
    }
}
