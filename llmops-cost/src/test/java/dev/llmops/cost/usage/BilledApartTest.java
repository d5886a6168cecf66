package dev.llmops.cost.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.core.record.UsageOrigin;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PricingContext;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What responses report apart from their token totals, and is billed all the same. */
class BilledApartTest {

    private static final PricingContext SEPTEMBER = PricingContext.at(Instant.parse("2026-09-23T12:00:00Z"));

    private static UsageReading anthropic(String usage) {
        return UsageReader.read(UsageReader.Shape.ANTHROPIC_MESSAGES, "anthropic", "{\"usage\": {" + usage + "}}");
    }

    @Test
    void compaction_is_billed_beside_the_totals() {
        TokenUsage usage = anthropic("""
                "input_tokens": 23000, "output_tokens": 1000, "cache_read_input_tokens": 500,
                "iterations": [
                  {"type": "compaction", "input_tokens": 180000, "output_tokens": 3500, "cache_read_input_tokens": 4000,
                    "cache_creation_input_tokens": 0, "cache_creation": {"ephemeral_1h_input_tokens": 70}},
                  {"type": "message", "input_tokens": 23000, "output_tokens": 1000, "cache_read_input_tokens": 500}]""").usage();

        assertThat(usage)
                .isEqualTo(TokenUsage.inclusive(207_570, 4_500)
                        .cachedInput(4_500)
                        .cacheWrite(70)
                        .with(UsageKind.CACHE_WRITE_1H_TOKENS, 70));
        Cost cost = PriceBook.bundled().price("anthropic", "claude-opus-5", usage, SEPTEMBER);
        assertThat(cost.state()).isEqualTo(CostState.EXACT);
        assertThat(cost.amount().orElseThrow()).isEqualByComparingTo("1.13045");
    }

    @Test
    void an_advisor_is_another_model_and_makes_the_cost_an_estimate() {
        TokenUsage usage = anthropic("""
                "input_tokens": 4, "output_tokens": 30, "iterations": [
                  {"type": "message", "input_tokens": 2, "output_tokens": 10},
                  {"type": "advisor_message", "model": "claude-opus-5", "input_tokens": 497522, "output_tokens": 900},
                  {"type": "message", "input_tokens": 2, "output_tokens": 20}]""").usage();

        assertThat(usage.origin()).isEqualTo(UsageOrigin.ESTIMATED);
        assertThat(usage.inputTokens()).hasValue(4);
        assertThat(usage.outputTokens()).hasValue(30);
        assertThat(PriceBook.bundled()
                        .price("anthropic", "claude-sonnet-5", usage, SEPTEMBER)
                        .state())
                .isEqualTo(CostState.ESTIMATED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            "cost": 0.95, "is_byok": true, "cost_details": {"upstream_inference_cost": 19}     | 19.95
            "cost": 0, "is_byok": true, "cost_details": {"upstream_inference_cost": 0.01}      | 0.01
            "cost": 0.95, "is_byok": false, "cost_details": {"upstream_inference_cost": 0.95}  | 0.95
            "cost": 0.95, "is_byok": true, "cost_details": {"upstream_inference_cost": null}   | -
            "cost": 0.95, "is_byok": true                                                      | -
            "cost": 0.95                                                                       | 0.95
            """)
    void with_a_key_of_ones_own_the_cost_of_openrouter_is_its_fee_alone(String fields, String reported) {
        UsageReading reading = UsageReader.read(
                UsageReader.Shape.OPENAI_CHAT,
                "openrouter",
                "{\"usage\": {\"prompt_tokens\": 194, \"completion_tokens\": 2, " + fields + "}}");

        assertThat(reading.attributes().get(UsageReading.REPORTED_COST_ATTRIBUTE))
                .isEqualTo(reported);
    }

    @Test
    void files_that_were_searched_and_containers_that_ran_code_are_counted() {
        TokenUsage usage = UsageReader.read(UsageReader.Shape.OPENAI_RESPONSES, "openai", """
                {"output": [{"type": "file_search_call"}, {"type": "file_search_call"},
                    {"type": "code_interpreter_call", "container_id": "a"},
                    {"type": "code_interpreter_call", "container_id": "a"},
                    {"type": "web_search_call", "action": {"type": "open_page"}}, {"type": "message"}],
                  "usage": {"input_tokens": 1000, "output_tokens": 100}}""")
                .usage();

        assertThat(usage)
                .isEqualTo(TokenUsage.inclusive(1_000, 100)
                        .with(UsageKind.STORAGE_SEARCHES, 2)
                        .with(UsageKind.CODE_EXECUTIONS, 1));
        Cost cost = PriceBook.bundled().price("openai", "gpt-4o", usage, SEPTEMBER);
        assertThat(cost.state()).isEqualTo(CostState.ESTIMATED);
        assertThat(cost.amount().orElseThrow()).isEqualByComparingTo("0.0385");
    }

    @Test
    void an_image_that_was_made_within_a_response_makes_its_cost_an_estimate() {
        TokenUsage usage = UsageReader.read(UsageReader.Shape.OPENAI_RESPONSES, "openai", """
                {"output": [{"type": "image_generation_call"}, {"type": "web_search_call"}],
                  "usage": {"input_tokens": 1000, "input_tokens_details": {"cached_tokens": 400}, "output_tokens": 100}}""")
                .usage();

        Cost cost = PriceBook.bundled().price("openai", "gpt-4o", usage, SEPTEMBER);
        assertThat(cost.state()).isEqualTo(CostState.ESTIMATED);
        assertThat(cost.amount().orElseThrow()).isEqualByComparingTo("0.013");
    }

    @ParameterizedTest
    @CsvSource({
        "standard, standard, EXACT, 0.0075",
        "priority, standard, UNPRICED, -",
        "standard, fast, EXACT, 0.045",
        "batch, standard, EXACT, 0.00375",
    })
    void the_priority_tier_of_anthropic_is_paid_in_advance_and_no_fast_mode(
            String tier, String speed, CostState state, String amount) {
        UsageReading reading = anthropic("\"input_tokens\": 1000, \"output_tokens\": 100, \"speed\": \"" + speed
                + "\", \"service_tier\": \"" + tier + "\"");

        Cost cost = PriceBook.bundled()
                .price(
                        "anthropic",
                        "claude-opus-4-6",
                        reading.usage(),
                        PricingContext.builder(Instant.parse("2026-09-23T12:00:00Z"))
                                .serviceTier(reading.serviceTier())
                                .build());

        assertThat(cost.state()).isEqualTo(state);
        assertThat(cost.amount()
                        .map(each -> each.stripTrailingZeros().toPlainString())
                        .orElse("-"))
                .isEqualTo(amount);
    }

    @Test
    void what_was_heard_in_a_realtime_session_does_not_replace_the_usage_of_the_response() {
        UsageReader reader = new UsageReader(UsageReader.Shape.OPENAI_RESPONSES, "openai");
        reader.accept("""
                {"type": "response.done", "response": {"usage": {"input_tokens": 900, "output_tokens": 80}}}""");
        reader.accept("""
                {"type": "conversation.item.input_audio_transcription.completed",
                  "usage": {"type": "tokens", "input_tokens": 13, "output_tokens": 9}}""");

        assertThat(reader.reading().usage()).isEqualTo(TokenUsage.inclusive(900, 80));
    }
}
