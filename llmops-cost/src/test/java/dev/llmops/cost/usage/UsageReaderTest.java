package dev.llmops.cost.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.record.CostState;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.core.record.UsageOrigin;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PricingContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageReaderTest {

    @Test
    void bedrock_reports_the_cache_beside_the_input() {
        UsageReading reading = UsageReader.read(UsageReader.Shape.BEDROCK_CONVERSE, "aws", """
                {"usage": {"inputTokens": 300, "outputTokens": 20, "totalTokens": 820,
                           "cacheReadInputTokens": 400, "cacheWriteInputTokens": 100},
                 "serviceTier": {"type": "flex"}}""");

        assertThat(reading.usage())
                .isEqualTo(TokenUsage.inclusive(800, 20).cachedInput(400).cacheWrite(100));
        assertThat(reading.serviceTier()).isEqualTo("flex");
    }

    @Test
    void bedrock_lists_the_lifetimes_of_cache_writes_and_the_choice_of_a_prompt_router() {
        UsageReading reading = UsageReader.read(UsageReader.Shape.BEDROCK_CONVERSE, "aws", """
                {"usage": {"inputTokens": 10, "outputTokens": 5, "totalTokens": 115, "cacheWriteInputTokens": 100,
                           "cacheDetails": [{"inputTokens": 60, "ttl": "1h"}, {"inputTokens": 40, "ttl": "5m"}]},
                 "trace": {"promptRouter": {"invokedModelId": "arn:aws:bedrock:us-east-1:1:inference-profile/us.amazon.nova-lite-v1:0"}}}""");

        assertThat(reading.usage())
                .isEqualTo(TokenUsage.inclusive(110, 5)
                        .cacheWrite(100)
                        .with(UsageKind.CACHE_WRITE_5M_TOKENS, 40)
                        .with(UsageKind.CACHE_WRITE_1H_TOKENS, 60));
        assertThat(reading.responseModel()).endsWith("/us.amazon.nova-lite-v1:0");
    }

    @Test
    void qwen_writes_to_its_cache_within_the_details_of_the_prompt() {
        assertThat(chat("dashscope", """
                        "prompt_tokens": 3019, "completion_tokens": 104, "prompt_tokens_details": {"cached_tokens": 0,
                          "cache_creation_input_tokens": 2048, "cache_creation": {"ephemeral_5m_input_tokens": 2048}}"""))
                .isEqualTo(
                        TokenUsage.inclusive(3019, 104).cacheWrite(2048).with(UsageKind.CACHE_WRITE_5M_TOKENS, 2048));
    }

    @Test
    void moonshot_s_usage_is_within_the_last_choice_of_a_stream() {
        assertThat(read(UsageReader.Shape.OPENAI_CHAT, """
                        data: {"choices": [{"delta": {}, "usage": {"prompt_tokens": 50, "completion_tokens": 20, "cached_tokens": 32}}]}

                        data: [DONE]
                        """).usage())
                .isEqualTo(TokenUsage.inclusive(50, 20).cachedInput(32));
    }

    @Test
    void mistral_counts_the_pages_of_a_document_beside_the_usage() {
        assertThat(read(
                                UsageReader.Shape.OPENAI_CHAT,
                                "{\"usage_info\": {\"pages_processed\": 3, \"doc_size_bytes\": 1234}}")
                        .usage()
                        .count(UsageKind.INPUT_DOCUMENT_PAGES))
                .isEqualTo(3);
    }

    @Test
    void anthropic_bills_fast_mode_like_a_tier() {
        UsageReading reading = read(
                UsageReader.Shape.ANTHROPIC_MESSAGES,
                "{\"usage\": {\"input_tokens\": 1000, \"output_tokens\": 1000, \"service_tier\": \"standard\", \"speed\": \"fast\"}}");

        assertThat(reading.serviceTier()).isEqualTo("fast");
    }

    @Test
    void a_sum_of_requests_is_priced_where_requests_are_free() {
        TokenUsage two = TokenUsage.inclusive(1_000_000, 0).plus(TokenUsage.inclusive(1_000_000, 0));

        assertThat(PriceBook.bundled()
                        .price("openai", "gpt-4o", two, PricingContext.at(Instant.EPOCH))
                        .amount()
                        .orElseThrow())
                .isEqualByComparingTo("5");
    }

    @Test
    void a_live_answer_of_gemini_itemises_its_response() {
        assertThat(read(UsageReader.Shape.GEMINI_GENERATE_CONTENT, """
                        {"usageMetadata": {"promptTokenCount": 100, "responseTokenCount": 10,
                          "responseTokensDetails": [{"modality": "AUDIO", "tokenCount": 10}]}}""").usage().count(UsageKind.OUTPUT_AUDIO_TOKENS))
                .isEqualTo(10);
    }

    @Test
    void cohere_s_older_stream_has_one_event_a_line() {
        assertThat(read(UsageReader.Shape.COHERE, """
                        {"event_type": "text-generation", "text": "a"}
                        {"event_type": "stream-end", "response": {"meta": {"billed_units": {"input_tokens": 5, "output_tokens": 6}}}}
                        """).usage()).isEqualTo(TokenUsage.inclusive(5, 6));
    }

    @Test
    void that_no_audio_was_cached_is_known_where_it_is_said() {
        TokenUsage usage = chat("openai", """
                "input_tokens": 132, "output_tokens": 121, "input_token_details": {"audio_tokens": 13, "cached_tokens": 64,
                  "cached_tokens_details": {"text_tokens": 64, "audio_tokens": 0, "image_tokens": 0}}""");

        assertThat(PriceBook.bundled()
                        .price("openai", "gpt-realtime", usage, PricingContext.at(Instant.EPOCH))
                        .state())
                .isEqualTo(CostState.EXACT);
    }

    @Test
    void a_bedrock_stream_ends_in_its_metadata() {
        UsageReader reader = new UsageReader(UsageReader.Shape.BEDROCK_CONVERSE, "aws");
        reader.accept("{\"contentBlockDelta\": {\"delta\": {\"text\": \"Hi\"}}}");
        reader.accept("{\"metadata\": {\"usage\": {\"inputTokens\": 3, \"outputTokens\": 2}}}");

        assertThat(reader.reading().usage()).isEqualTo(TokenUsage.inclusive(3, 2));
    }

    @Test
    void deepseek_counts_hits_and_misses_within_the_prompt() {
        assertThat(chat(
                        "deepseek",
                        "\"prompt_tokens\": 100, \"completion_tokens\": 7,"
                                + " \"prompt_cache_hit_tokens\": 64, \"prompt_cache_miss_tokens\": 36"))
                .isEqualTo(TokenUsage.inclusive(100, 7).cachedInput(64));
    }

    @Test
    void the_total_decides_whether_reasoning_is_beside_the_output() {
        String counts = "\"prompt_tokens\": 100, \"completion_tokens\": 10,"
                + " \"completion_tokens_details\": {\"reasoning_tokens\": 40}";

        assertThat(chat("xai", counts + ", \"total_tokens\": 150").outputTokens())
                .hasValue(50);
        assertThat(chat("xai", counts + ", \"total_tokens\": 110").outputTokens())
                .hasValue(10);
        assertThat(chat("openai", counts + ", \"total_tokens\": 150").outputTokens())
                .hasValue(50);
        assertThat(chat("xai", counts).outputTokens()).hasValue(50);
        assertThat(chat("openai", counts).outputTokens()).hasValue(10);
    }

    @Test
    void perplexity_puts_reasoning_and_citations_beside_the_output() {
        TokenUsage usage = chat(
                "perplexity",
                "\"prompt_tokens\": 30, \"completion_tokens\": 1000, \"reasoning_tokens\": 700,"
                        + " \"citation_tokens\": 50, \"num_search_queries\": 4");

        assertThat(usage.outputTokens()).hasValue(1_750);
        assertThat(usage.reasoningTokens()).isEqualTo(700);
        assertThat(usage.count(UsageKind.OUTPUT_CITATION_TOKENS)).isEqualTo(50);
        assertThat(usage.count(UsageKind.WEB_SEARCHES)).isEqualTo(4);
    }

    @Test
    void what_the_provider_says_it_cost_is_read_as_it_stands() {
        assertThat(read(UsageReader.Shape.OPENAI_CHAT, "{\"usage\": {\"prompt_tokens\": 1, \"cost\": 0.00010200}}")
                        .reportedCostUsd())
                .isEqualByComparingTo("0.000102");
        assertThat(read(
                                UsageReader.Shape.OPENAI_CHAT,
                                "{\"usage\": {\"prompt_tokens\": 1, \"cost_in_usd_ticks\": 49100000}}")
                        .reportedCostUsd())
                .isEqualByComparingTo("0.00491");
        assertThat(read(
                                UsageReader.Shape.OPENAI_CHAT,
                                "{\"usage\": {\"prompt_tokens\": 1, \"cost\": {\"total_cost\": 0.5}}}")
                        .attributes())
                .containsEntry(UsageReading.REPORTED_COST_ATTRIBUTE, "0.5");
    }

    @Test
    void a_response_object_tells_model_tier_and_searches() {
        UsageReading reading = read(UsageReader.Shape.OPENAI_RESPONSES, """
                data: {"type": "response.created", "response": {"model": "gpt-5", "usage": null}}

                data: {"type": "response.completed", "response": {"model": "gpt-5-2025-08-07", "service_tier": "priority",
                data: }}

                data: {"type": "response.completed", "response": {"model": "gpt-5-2025-08-07", "service_tier": "priority", "output": [{"type": "web_search_call", "action": {"type": "search"}}, {"type": "web_search_call", "action": {"type": "open_page"}}], "usage": {"input_tokens": 50, "input_tokens_details": {"cached_tokens": 10}, "output_tokens": 5, "output_tokens_details": {"reasoning_tokens": 3}}}}

                data: [DONE]
                """);

        assertThat(reading.responseModel()).isEqualTo("gpt-5-2025-08-07");
        assertThat(reading.serviceTier()).isEqualTo("priority");
        assertThat(reading.usage())
                .isEqualTo(
                        TokenUsage.inclusive(50, 5).cachedInput(10).reasoning(3).with(UsageKind.WEB_SEARCHES, 1));
    }

    @Test
    void audio_may_be_billed_by_the_second_or_in_cached_tokens() {
        assertThat(read(UsageReader.Shape.OPENAI_RESPONSES, "{\"usage\": {\"type\": \"duration\", \"seconds\": 8.47}}")
                        .usage()
                        .count(UsageKind.INPUT_AUDIO_SECONDS))
                .isEqualTo(8_470_000_000L);
        assertThat(read(UsageReader.Shape.OPENAI_RESPONSES, """
                        {"usage": {"input_tokens": 90, "output_tokens": 1, "input_token_details":
                          {"audio_tokens": 60, "cached_tokens": 40, "cached_tokens_details": {"audio_tokens": 30}}}}""").usage().count(UsageKind.CACHE_AUDIO_READ_TOKENS))
                .isEqualTo(30);
    }

    @Test
    void gemini_itemises_what_it_cached_and_thinks_beside_the_answer() {
        TokenUsage usage = read(UsageReader.Shape.GEMINI_GENERATE_CONTENT, """
                [{"usageMetadata": {"promptTokenCount": 9}},
                 {"usageMetadata": {"promptTokenCount": 200, "cachedContentTokenCount": 20, "candidatesTokenCount": 30,
                   "thoughtsTokenCount": 12, "toolUsePromptTokenCount": 5,
                   "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 150}, {"modality": "AUDIO", "tokenCount": 10},
                     {"modality": "DOCUMENT", "tokenCount": 5}],
                   "cacheTokensDetails": [{"modality": "TEXT", "tokenCount": 20}]}, "modelVersion": "gemini-2.5-flash"}]""").usage();

        assertThat(usage.inputTokens()).hasValue(205);
        assertThat(usage.outputTokens()).hasValue(42);
        assertThat(usage.count(UsageKind.INPUT_IMAGE_TOKENS)).isEqualTo(5);
        assertThat(usage.count(UsageKind.INPUT_TOOL_TOKENS)).isEqualTo(5);
        assertThat(usage.count(UsageKind.CACHE_AUDIO_READ_TOKENS)).isZero();
    }

    @Test
    void parts_of_a_cache_write_win_over_a_smaller_total() {
        TokenUsage usage = read(UsageReader.Shape.ANTHROPIC_MESSAGES, """
                {"usage": {"input_tokens": 0, "output_tokens": 0, "cache_creation_input_tokens": 0, "inference_geo": "us",
                  "cache_creation": {"ephemeral_5m_input_tokens": 100, "ephemeral_1h_input_tokens": 200}}}""").usage();

        assertThat(usage.cacheWriteTokens()).isEqualTo(300);
        assertThat(usage.inputTokens()).hasValue(300);
    }

    @Test
    void a_response_without_usage_says_nothing_of_it() {
        UsageReading reading = read(UsageReader.Shape.OPENAI_CHAT, "{\"model\": \"m\", \"usage\": null}");

        assertThat(reading.usage().origin()).isEqualTo(UsageOrigin.UNKNOWN);
        assertThat(reading.responseModel()).isEqualTo("m");
        assertThat(reading.attributes()).isEmpty();
    }

    @Test
    void text_that_is_no_response_is_refused() {
        assertThatThrownBy(() -> read(UsageReader.Shape.OPENAI_CHAT, "<html>"))
                .hasMessage(
                        "body (6 characters, the first is '<') is not a response — allowed are JSON and an event stream — pass the body as it was received");
    }

    private static TokenUsage chat(String provider, String counts) {
        return UsageReader.read(UsageReader.Shape.OPENAI_CHAT, provider, "{\"usage\": {" + counts + "}}")
                .usage();
    }

    private static UsageReading read(UsageReader.Shape shape, String body) {
        return UsageReader.read(shape, "", body);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            gemini-3-flash-preview              | ["a", "b"]                | 2
            gemini-3-flash-preview              | ["a", "", "b", "a", "  "] | 2
            gemini-3.1-pro-preview              | []                        | -1
            gemini-3.1-pro-preview              | [""]                      | -1
            gemini-3.1-pro-preview              | null                      | -1
            gemini-3.1-pro-preview              | "a"                       | -1
            gemini-3.1-pro-preview              | [null, {}, 7, "a"]        | 2
            gemini-2.5-flash                    | ["a", "b", "c"]           | 1
            gemini-2.5-flash-lite-preview-09-25 | ["a"]                     | 1
            models/gemini-1.5-pro-002           | ["a", "b"]                | 1
            gemini-25                           | ["a", "b"]                | 2
            none                                | ["a", "b"]                | 2
            """)
    void gemini_bills_searches_by_query_and_before_its_third_generation_by_prompt(
            @Nullable String model, String queries, long searches) {
        String version = model == null ? "" : "\"modelVersion\": \"" + model + "\", ";
        TokenUsage usage = UsageReader.read(
                        UsageReader.Shape.GEMINI_GENERATE_CONTENT,
                        "google",
                        "{" + version + "\"candidates\": [{\"groundingMetadata\": {\"webSearchQueries\": " + queries
                                + "}}], \"usageMetadata\": {\"promptTokenCount\": 9, \"candidatesTokenCount\": 3}}")
                .usage();

        assertThat(usage.count(UsageKind.WEB_SEARCHES)).isEqualTo(searches);
        assertThat(usage.inputTokens()).hasValue(9);
    }

    @Test
    void searches_that_a_stream_of_gemini_repeats_are_counted_once() {
        UsageReader reader = new UsageReader(UsageReader.Shape.GEMINI_GENERATE_CONTENT, "google");
        String event = """
                {"modelVersion": "gemini-3-flash-preview", "candidates": [{"groundingMetadata": {"webSearchQueries": [%s]}}],
                  "usageMetadata": {"promptTokenCount": 9, "candidatesTokenCount": 3}}""";
        reader.accept(event.formatted("\"a\""));
        reader.accept(event.formatted("\"a\", \"b\""));

        assertThat(reader.reading().usage())
                .isEqualTo(TokenUsage.inclusive(9, 3).with(UsageKind.WEB_SEARCHES, 2));
    }

    @Test
    void an_answer_grounded_on_maps_is_one_map_search_since_nothing_tells_their_number() {
        UsageReader reader = new UsageReader(UsageReader.Shape.GEMINI_GENERATE_CONTENT, "google");
        String event = """
                {"candidates": [{"groundingMetadata": {"groundingChunks": [{"maps": {"title": "a"}}, {"web": {"title": "b"}}]}}],
                  "usageMetadata": {"promptTokenCount": 9, "candidatesTokenCount": 3}}""";
        reader.accept(event);
        reader.accept(event);

        assertThat(reader.reading().usage())
                .isEqualTo(TokenUsage.inclusive(9, 3).with(UsageKind.MAP_SEARCHES, 1));
    }

    @Test
    void searches_without_usage_say_nothing_of_the_tokens() {
        TokenUsage usage = UsageReader.read(
                        UsageReader.Shape.GEMINI_GENERATE_CONTENT,
                        "google",
                        "{\"candidates\": [{\"groundingMetadata\": {\"webSearchQueries\": [\"a\"]}}], \"usageMetadata\":"
                                + " {\"promptTokenCount\": \"\"}}")
                .usage();

        assertThat(usage).isEqualTo(TokenUsage.unknown());
    }
}
