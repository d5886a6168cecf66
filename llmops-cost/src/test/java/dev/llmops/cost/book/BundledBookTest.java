package dev.llmops.cost.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundledBookTest {

    private static final PricingContext AUGUST = PricingContext.at(Instant.parse("2026-08-21T00:00:00Z"));

    private final PriceBook book = PriceBook.bundled();

    @Test
    void it_knows_the_common_models_of_the_common_providers() {
        assertThat(book.models()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(book.models().stream().map(ModelPrices::provider).distinct()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(book.published()).contains(Instant.parse("2026-09-23T00:00:00Z"));
        assertThat(book.age(Instant.parse("2026-10-03T00:00:00Z"))).isEqualTo(Duration.ofDays(10));
    }

    /** Run by the profile {@code release}. */
    @Test
    @EnabledIfSystemProperty(named = "llmops.release", matches = "true")
    void it_is_not_older_than_thirty_days_at_a_release() {
        assertThat(book.age(Instant.now()))
                .as("""
                        days since %s, the date of the newest source of bundled-prices.yml — 30 at most at a release — renew \
                        it as docs/releasing.md says under "Prices", and set 'published' to the day of the newest list""".formatted(book.published().orElseThrow()))
                .isLessThanOrEqualTo(Duration.ofDays(30));
    }

    @Test
    void every_price_says_where_it_was_read_or_that_it_is_not_verified() {
        assertThat(book.models())
                .flatExtracting(ModelPrices::entries)
                .extracting(PriceEntry::source)
                .allSatisfy(source -> assertThat(source)
                        .containsAnyOf("genai-prices 0.1.8", "LiteLLM", "models.dev, July 2026", "not verified"));
    }

    @Test
    void a_price_that_is_not_verified_is_assumed_so_that_its_costs_are_estimates() {
        List<PriceEntry> unverified = book.models().stream()
                .flatMap(model -> model.entries().stream())
                .filter(entry -> String.valueOf(entry.source()).startsWith("not verified"))
                .toList();

        assertThat(unverified).hasSize(5);
        assertThat(unverified)
                .flatExtracting(entry -> entry.rates().values())
                .flatExtracting(Rate::steps)
                .allMatch(Rate.Step::assumed);
        Cost cost = book.price(
                "openai", "ft:gpt-4.1-2025-04-14:acme::7p4lURel", TokenUsage.inclusive(1_000_000, 0), AUGUST);
        assertThat(cost.state()).isEqualTo(CostState.ESTIMATED);
        assertThat(cost.reason())
                .isEqualTo("price openai/ft:gpt-4.1#input_tokens is assumed (not verified; list prices are at"
                        + " https://developers.openai.com/api/docs/pricing)");
    }

    @ParameterizedTest
    @CsvSource({
        "openai, gpt-5.6-sol, 2026-08-20T12:00:00Z, 100000, 0.5",
        "openai, gpt-5.6-sol, 2026-08-21T12:00:00Z, 100000, 0.4",
        "openai, gpt-5.6-sol, 2026-08-21T12:00:00Z, 271999, 1.087996",
        "openai, gpt-5.6-sol, 2026-08-21T12:00:00Z, 272000, 2.176",
        "openai, gpt-6-luna, 2026-09-23T12:00:00Z, 1000000, 0.2",
        "anthropic, claude-opus-5-5, 2026-09-23T12:00:00Z, 1000000, 4",
        "anthropic, claude-opus-5, 2026-09-23T12:00:00Z, 1000000, 5",
        "anthropic, claude-sonnet-5, 2026-09-23T12:00:00Z, 1000000, 2",
        "aws.bedrock, eu.anthropic.claude-opus-5-5-v1:0, 2026-09-23T12:00:00Z, 1000000, 4.4",
        "aws.bedrock, eu.anthropic.claude-opus-5-v1:0, 2026-09-23T12:00:00Z, 1000000, 5.5",
        "xai, grok-4.3, 2026-09-23T12:00:00Z, 199999, 0.24999875",
        "xai, grok-4.3, 2026-09-23T12:00:00Z, 200000, 0.5",
        "deepseek, deepseek-v4-pro, 2026-08-16T02:00:00Z, 1000000, 0.435",
        "deepseek, deepseek-v4-pro, 2026-08-18T00:59:59Z, 1000000, 0.66",
        "deepseek, deepseek-v4-pro, 2026-08-18T01:00:00Z, 1000000, 1.32",
        "deepseek, deepseek-v4-pro, 2026-08-18T04:00:00Z, 1000000, 0.66",
        "deepseek, deepseek-v4-pro, 2026-08-22T02:00:00Z, 1000000, 1.32",
        "deepseek, deepseek-v4-pro, 2026-08-23T02:00:00Z, 1000000, 0.66",
        "deepseek, deepseek-v4-pro, 2026-08-24T06:00:00Z, 1000000, 1.32",
    })
    void what_changed_since_august_holds_from_its_day(
            String provider, String model, String at, long input, String amount) {
        assertThat(new BigDecimal(amount(provider, model, TokenUsage.inclusive(input, 0), at)))
                .isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource({
        "openai, gpt-4o-2024-11-20, 2.5, 10",
        "azure.ai.openai, gpt-4o-mini, 0.15, 0.6",
        "openai, gpt-5.6-luna, 0.4, 1.2",
        "anthropic, claude-sonnet-4-6, 3, 15",
        "aws.bedrock, global.anthropic.claude-haiku-4-5-20251001-v1:0, 1, 5",
        "gcp.vertex_ai, claude-opus-4-1@20250805, 15, 75",
        "gcp.gemini, models/gemini-2.5-flash, 0.3, 2.5",
        "openai, gpt-4-0613, 30, 60",
        "openai, ft:gpt-4o-2024-08-06:acme::7p4lURel, 3.75, 15",
        "aws.bedrock, us.anthropic.claude-haiku-4-5-20251001-v1:0, 1.1, 5.5",
        "gcp.gemini, gemini-2.5-flash, 0.3, 2.5",
        "gcp.vertex_ai, gemini-2.5-pro, 2.5, 10",
        "deepseek, deepseek-chat, 0.28, 0.42",
        "x_ai, grok-4.3, 2.5, 2.5",
        "mistral_ai, mistral-small-latest, 0.1, 0.3",
        "groq, llama-3.3-70b-versatile, 0.59, 0.79",
        "amazon-bedrock, amazon.nova-pro-v1:0, 0.8, 3.2",
    })
    void a_model_is_found_by_the_names_that_telemetry_gives_it(
            String provider, String model, String longInput, String output) {
        Cost input = book.price(provider, model, TokenUsage.inclusive(1_000_000, 0), AUGUST);
        Cost answer = book.price(provider, model, TokenUsage.inclusive(0, 1_000_000), AUGUST);

        assertThat(input.state()).isEqualTo(CostState.EXACT);
        assertThat(input.amount().orElseThrow()).isEqualByComparingTo(longInput);
        assertThat(answer.amount().orElseThrow()).isEqualByComparingTo(output);
    }

    @Test
    void prices_change_on_their_day_and_hour() {
        TokenUsage million = TokenUsage.inclusive(1_000_000, 0);

        assertThat(amount("openai", "o3", million, "2025-06-09T23:59:59Z")).isEqualTo("10");
        assertThat(amount("openai", "o3", million, "2025-06-10T00:00:00Z")).isEqualTo("2");
        assertThat(amount("deepseek", "deepseek-chat", TokenUsage.inclusive(123_457, 7_919), "2025-06-01T00:29:59Z"))
                .isEqualTo("0.021022145");
        assertThat(amount("deepseek", "deepseek-chat", TokenUsage.inclusive(123_457, 7_919), "2025-06-01T00:30:00Z"))
                .isEqualTo("0.04204429");
    }

    @Test
    void batches_cost_half_in_tokens_and_the_full_price_in_searches() {
        TokenUsage usage = TokenUsage.inclusive(1_000_000, 0).with(UsageKind.WEB_SEARCHES, 1);
        PricingContext batch =
                PricingContext.builder(AUGUST.at()).serviceTier("batch").build();

        Cost cost = book.price("anthropic", "claude-haiku-4-5", usage, batch);

        assertThat(cost.state()).isEqualTo(CostState.EXACT);
        assertThat(cost.amount().orElseThrow()).isEqualByComparingTo("0.51");
    }

    @Test
    void every_model_has_a_price_that_bounds_what_a_call_may_cost() {
        ModelPrices sonnet = book.find("anthropic", "claude-sonnet-4-5").orElseThrow();

        assertThat(sonnet.highestTokenPrice(Adjustment.Side.INPUT, AUGUST.at())).isEqualByComparingTo("12");
        assertThat(sonnet.highestTokenPrice(Adjustment.Side.OUTPUT, AUGUST.at()))
                .isEqualByComparingTo("22.5");
    }

    private String amount(String provider, String model, TokenUsage usage, String at) {
        return book.price(provider, model, usage, PricingContext.at(Instant.parse(at)))
                .amount()
                .orElseThrow()
                .stripTrailingZeros()
                .toPlainString();
    }
}
