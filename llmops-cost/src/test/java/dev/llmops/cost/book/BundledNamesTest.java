package dev.llmops.cost.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names of clouds, dates and tiers mean a model of the bundled book, and which only look like one. */
class BundledNamesTest {

    private static final Instant SEPTEMBER = Instant.parse("2026-09-23T12:00:00Z");

    private final PriceBook book = PriceBook.bundled();

    @ParameterizedTest
    @CsvSource({
        "aws, us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0, 6.6",
        "aws, ca.anthropic.claude-haiku-4-5-20251001-v1:0, 1.1",
        "aws, arn:aws:bedrock:eu-west-1:1:inference-profile/eu.anthropic.claude-haiku-4-5-20251001-v1:0, 1.1",
        "aws, arn:aws:bedrock:eu-west-1:1:inference-profile/global.anthropic.claude-haiku-4-5-20251001-v1:0, 1",
        "aws, bedrock/converse/us.anthropic.claude-opus-4-6-v1, 5.5",
        "aws, us.anthropic.claude-opus-4-1-20250805-v1:0, 15",
        "gcp.vertex_ai, publishers/anthropic/models/claude-opus-4-6@default, 5",
        "gcp.vertex_ai, projects/p/locations/global/publishers/google/models/gemini-2.5-flash-lite, 0.1",
        "google, gemini-2.5-flash-preview-09-2025, 0.3",
        "google, gemini-3.1-pro-preview-customtools, 4",
        "azure, gpt-35-turbo, 0.5",
        "azure, claude-sonnet-4-6, 3",
        "openai, gpt-3.5-turbo-0125, 0.5",
        "openai, gpt-4-1106-preview, 10",
        "openai, openai/ft:gpt-4o-mini-2024-07-18:acme:a/b:1, 0.3",
        "anthropic, claude-haiku-4.5, 1",
        "anthropic, claude-4-5-haiku-20251001, 1",
        "anthropic, anthropic/claude-opus-4.1, 15",
        "anthropic, claude-4-opus-20250514, 15",
        "anthropic, claude-3.5-sonnet, 3",
        "anthropic, claude-3-opus-20240229, 15",
        "groq, openai/gpt-oss-120b, 0.15",
        "xai, x-ai/grok-4.1-fast-reasoning, 0.4",
    })
    void a_name_means_a_model_however_a_cloud_writes_it(String provider, String model, String perMillion) {
        Cost cost = book.price(provider, model, TokenUsage.inclusive(1_000_000, 0), PricingContext.at(SEPTEMBER));

        assertThat(cost.amount()).as(String.valueOf(cost.reason())).isPresent();
        assertThat(cost.amount().orElseThrow()).isEqualByComparingTo(perMillion);
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic, claude-sonnet-5-5",
        "anthropic, claude-opus-4-10",
        "anthropic, claude-opus-4.9",
        "anthropic, claude-opus-4-6-fast",
        "google, gemini-2.5-flash-preview-tts",
        "google, gemini-2.5-flash-native-audio-preview-09-2025",
        "google, gemini-2.0-flash-live-001",
        "google, gemini-1.5-flash-8b",
        "xai, grok-4.3-mini",
        "azure, gpt-35-turbo-16k",
        "aws, arn:aws:bedrock:eu-west-1:1:application-inference-profile/ab12cd34",
    })
    void another_model_whose_name_begins_alike_has_no_price(String provider, String model) {
        assertThat(book.find(provider, model)).isEmpty();
    }

    @Test
    void a_name_of_many_folders_is_searched_for_a_bounded_time() {
        assertThat(book.find("aws", "a/".repeat(100_000) + "us.anthropic.claude-haiku-4-5"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-5.4, flex, 2.5",
        "gpt-5.4-mini, flex, 0.375",
        "gpt-5.4-mini, priority, 1.5",
        "gpt-5.3-codex, priority, 3.5",
        "gpt-5.6-luna, priority, 0.8",
        "o4-mini, priority, 2",
        "ft:gpt-4o-2024-08-06:acme::7p4lURel, batch, 1.875",
    })
    void a_tier_of_a_common_model_has_its_price(String model, String tier, String perMillion) {
        PricingContext context =
                PricingContext.builder(SEPTEMBER).serviceTier(tier).build();

        assertThat(book.price("openai", model, TokenUsage.inclusive(1_000_000, 0), context)
                        .amount()
                        .orElseThrow())
                .isEqualByComparingTo(perMillion);
    }

    @Test
    void tools_of_xai_are_priced_by_assumption() {
        TokenUsage searches = TokenUsage.inclusive(0, 0).with(UsageKind.WEB_SEARCHES, 2);

        Cost cost = book.price("xai", "grok-4.5", searches, PricingContext.at(SEPTEMBER));

        assertThat(cost.state()).isEqualTo(CostState.ESTIMATED);
        assertThat(cost.amount().orElseThrow()).isEqualByComparingTo("0.01");
        assertThat(cost.reason()).contains("it lacks the calls of tools, which are assumed");
    }
}
