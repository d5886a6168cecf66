package dev.llmops.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.core.record.UsageOrigin;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PricingContext;
import dev.llmops.cost.imports.PriceFormat;
import dev.llmops.cost.imports.PriceImport;
import dev.llmops.cost.usage.UsageReader;
import dev.llmops.cost.usage.UsageReading;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults that were found in real use, each with the right value. */
class FoundCasesTest {

    private static final Instant DAY = Instant.parse("2026-08-21T00:00:00Z");
    private static final PricingContext NOW = PricingContext.at(DAY);

    @Test
    void searches_on_xais_servers_are_read_and_priced() {
        UsageReading reading = UsageReader.read(UsageReader.Shape.OPENAI_CHAT, "xai", """
                {"usage": {"prompt_tokens": 1000, "completion_tokens": 100,
                  "server_side_tool_usage_details": {"web_search_calls": 2, "x_search_calls": 1}}}""");
        PriceBook book = book("xai", "grok", "input_tokens: 1, output_tokens: 1, web_searches: 5, social_searches: 5");

        assertThat(reading.usage().count(UsageKind.WEB_SEARCHES)).isEqualTo(2);
        assertThat(book.price("xai", "grok", reading.usage(), NOW).amountOrNull())
                .isEqualByComparingTo("0.0161");
    }

    @Test
    void a_rerank_of_cohere_is_billed_by_search_units() {
        UsageReading reading = UsageReader.read(UsageReader.Shape.COHERE, "cohere", """
                {"results": [], "meta": {"billed_units": {"search_units": 1}}}""");

        Cost cost = PriceBook.bundled().price("cohere", "rerank-v3.5", reading.usage(), NOW);

        assertThat(cost.amountOrNull()).isEqualByComparingTo("0.002");
        assertThat(cost.state()).isEqualTo(CostState.EXACT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"usage\": {\"billed_units\": {\"input_tokens\": 447, \"output_tokens\": 308},"
                        + " \"tokens\": {\"input_tokens\": 1123, \"output_tokens\": 320}}}",
                "{\"type\": \"message-end\", \"delta\": {\"usage\": {\"billed_units\": {\"input_tokens\": 447,"
                        + " \"output_tokens\": 308}}}}"
            })
    void the_billed_units_of_cohere_are_what_is_billed(String body) {
        assertThat(UsageReader.read(UsageReader.Shape.COHERE, "cohere", body).usage())
                .isEqualTo(TokenUsage.inclusive(447, 308));
    }

    @ParameterizedTest
    @CsvSource({"us, 0.33", "eu, 0.33", "apac, 0.33", "jp, 0.33", "global, 0.30"})
    void a_regional_profile_of_bedrock_costs_a_tenth_more(String profile, String amount) {
        String model = profile + ".anthropic.claude-sonnet-4-5-20250929-v1:0";

        Cost cost = PriceBook.bundled().price("aws", model, TokenUsage.inclusive(100_000, 0), NOW);

        assertThat(cost.amountOrNull()).isEqualByComparingTo(amount);
        assertThat(cost.state()).isEqualTo(CostState.EXACT);
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic.claude-sonnet-4-5-20250929-v1:0, 0.33",
        "anthropic.claude-haiku-4-5-20251001-v1:0, 0.11",
        "anthropic.claude-opus-4-8, 0.55",
        "anthropic.claude-sonnet-4-6-20260217-v1:0, 0.33",
        "anthropic.claude-opus-5-v1:0, 0.55",
        "anthropic.claude-opus-5-5-v1:0, 0.44",
        "bedrock/converse/anthropic.claude-sonnet-5-v1:0, 0.22",
        "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0, 0.11"
    })
    void a_model_of_bedrock_without_a_profile_is_taken_to_be_in_region(String model, String amount) {
        Cost cost = PriceBook.bundled().price("aws", model, TokenUsage.inclusive(100_000, 0), NOW);

        assertThat(cost.amountOrNull()).isEqualByComparingTo(amount);
        assertThat(cost.state()).isEqualTo(CostState.ESTIMATED);
        assertThat(cost.reason()).contains("is assumed (genai-prices 0.1.8, September 2026, for regional profiles");
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic.claude-sonnet-4-20250514-v1:0, 0.3",
        "anthropic.claude-opus-4-1-20250805-v1:0, 1.5",
        "anthropic.claude-3-haiku-20240307-v1:0, 0.025",
        "global.anthropic.claude-opus-4-8, 0.5"
    })
    void earlier_models_of_bedrock_have_one_price_for_all_regions(String model, String amount) {
        Cost cost = PriceBook.bundled().price("aws", model, TokenUsage.inclusive(100_000, 0), NOW);

        assertThat(cost.amountOrNull()).isEqualByComparingTo(amount);
        assertThat(cost.state()).isEqualTo(CostState.EXACT);
    }

    @Test
    void a_tier_on_which_sources_disagree_is_priced_as_an_estimate() {
        Cost cost = PriceBook.bundled().price("openai", "gpt-5.5", TokenUsage.inclusive(300_000, 1_000), NOW);

        assertThat(cost.amountOrNull()).isEqualByComparingTo("3.045");
        assertThat(cost.state()).isEqualTo(CostState.ESTIMATED);
        assertThat(cost.reason()).contains("is assumed");
    }

    @ParameterizedTest
    @CsvSource({"-5", "1e20", "'\"-5\"'"})
    void a_count_that_cannot_be_true_makes_the_usage_unreadable(String count) {
        UsageReading reading = UsageReader.read(
                UsageReader.Shape.OPENAI_CHAT,
                "openai",
                "{\"usage\": {\"prompt_tokens\": " + count + ", \"completion_tokens\": 10}}");

        assertThat(reading.usage().origin()).isEqualTo(UsageOrigin.UNKNOWN);
        assertThat(reading.unreadable()).startsWith("prompt_tokens (").endsWith("is not a count between 0 and 10^15");
        assertThat(reading.attributes()).containsEntry(UsageReading.UNREADABLE_ATTRIBUTE, reading.unreadable());
    }

    @Test
    void unknown_usage_is_unpriced_also_by_the_book_itself() {
        Cost cost = PriceBook.bundled().price("openai", "gpt-4o", TokenUsage.unknown(), NOW);

        assertThat(cost.state()).isEqualTo(CostState.UNPRICED);
        assertThat(cost.amountOrNull()).isNull();
        assertThat(cost.reason()).isEqualTo("usage is unknown");
    }

    @Test
    void a_key_that_a_price_file_has_twice_is_reported_and_loses_no_model() {
        PriceImport imported = PriceFormat.LITELLM.read("""
                {"a": {"litellm_provider": "p", "input_cost_per_token": 1e-06, "input_cost_per_token": 2e-06},
                 "b": {"litellm_provider": "p", "input_cost_per_token": 3e-06},
                 "broken": 7,
                 "b": {"litellm_provider": "p", "input_cost_per_token": 4e-06}}""", DAY);

        assertThat(imported.report().findings(PriceImport.Report.Kind.DUPLICATE))
                .extracting(PriceImport.Report.Finding::model)
                .containsExactly("a.input_cost_per_token", "b");
        assertThat(price(imported.book(), "a")).isEqualByComparingTo("2");
        assertThat(price(imported.book(), "b")).isEqualByComparingTo("4");
        assertThat(imported.report().findings(PriceImport.Report.Kind.SKIPPED)).hasSize(1);
    }

    @Test
    void a_price_beside_ranges_applies_to_a_kind_that_no_range_names() {
        PriceImport imported = PriceFormat.LITELLM.read("""
                {"m": {"litellm_provider": "p", "output_cost_per_reasoning_token": 4e-06, "tiered_pricing": [
                  {"range": [0, 256000], "input_cost_per_token": 5e-08, "output_cost_per_token": 4e-07},
                  {"range": [256000, 1000000], "input_cost_per_token": 2.5e-07, "output_cost_per_token": 2e-06}]}}""", DAY);
        TokenUsage usage = TokenUsage.inclusive(300_000, 1_000).reasoning(1_000);

        Cost cost = imported.book().price("p", "m", usage, NOW);

        assertThat(cost.amountOrNull()).isEqualByComparingTo("0.079");
    }

    private static java.math.BigDecimal price(PriceBook book, String model) {
        return book.price("p", model, TokenUsage.inclusive(1_000_000, 0), NOW).amountOrNull();
    }

    private static PriceBook book(String provider, String model, String rates) {
        return PriceBook.parse("test", """
                format: llmops-price-book/1
                published: 2026-08-21
                models:
                  - {provider: %s, model: %s, prices: [{rates: {%s}}]}
                """.formatted(provider, model, rates));
    }
}
