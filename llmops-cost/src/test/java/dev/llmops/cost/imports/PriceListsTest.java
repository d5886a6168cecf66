package dev.llmops.cost.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.book.PricingContext;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lists of models.dev and OpenRouter, and what all lists without dates have in common. */
class PriceListsTest {

    private static final Instant DAY = Instant.parse("2026-08-21T00:00:00Z");
    private static final PricingContext NOW = PricingContext.at(DAY);

    private static final String MODELS_DEV = """
            {"openai": {"id": "openai", "models": {
              "gpt-5.5": {"cost": {"input": 5, "output": 30, "cache_read": 0.5, "context_over_200k": {"input": 10},
                 "tiers": [{"input": 10, "output": 45, "cache_read": 1, "tier": {"type": "context", "size": 272000}}]}},
              "old": {"cost": {"input": 2, "output": 10, "context_over_200k": {"input": 4, "output": 15}}},
              "odd": {"cost": {"input": -1, "output": 10, "weather": 3}},
              "listed": {}}},
             "broken": 3}""";

    private static final String OPENROUTER = """
            {"data": [
              {"id": "anthropic/claude", "canonical_slug": "anthropic/claude-1", "pricing": {"prompt": "0.000003",
                 "completion": "0.000015", "internal_reasoning": "0", "web_search": "0.01", "input_cache_read": "0.0000003",
                 "overrides": [{"min_prompt_tokens": 200000, "prompt": "0.000006"}]}},
              {"id": "openrouter/auto", "pricing": {"prompt": "-1", "completion": "-1"}},
              {"id": "free/model:free", "pricing": {"prompt": "0", "completion": "0", "magic": "0.1"}}]}""";

    @Test
    void models_dev_has_prices_for_a_million_tokens_and_tiers_above_their_size() {
        assertThat(amount(PriceFormat.MODELS_DEV, MODELS_DEV, "openai", "gpt-5.5", 272_000))
                .isEqualByComparingTo("1.36");
        assertThat(amount(PriceFormat.MODELS_DEV, MODELS_DEV, "openai", "gpt-5.5", 272_001))
                .isEqualByComparingTo("2.72001");
    }

    @Test
    void models_dev_s_older_form_of_a_tier_is_read_where_there_is_no_other() {
        assertThat(amount(PriceFormat.MODELS_DEV, MODELS_DEV, "openai", "old", 200_000))
                .isEqualByComparingTo("0.4");
        assertThat(amount(PriceFormat.MODELS_DEV, MODELS_DEV, "openai", "old", 200_001))
                .isEqualByComparingTo("0.800004");
    }

    @Test
    void what_models_dev_has_and_a_book_cannot_say_is_reported_and_costs_no_other_model() {
        PriceImport.Report report = PriceFormat.MODELS_DEV.read(MODELS_DEV, DAY).report();

        assertThat(report.models()).isEqualTo(4);
        assertThat(report.findings())
                .extracting(finding -> finding.kind() + " " + finding.model() + " " + finding.key())
                .containsExactly(
                        "NOT_REPRESENTED openai/odd input",
                        "NOT_REPRESENTED openai/odd weather",
                        "WITHOUT_PRICE openai/listed ",
                        "SKIPPED broken ");
    }

    @Test
    void openrouter_has_prices_for_one_token_and_overrides_from_a_number_of_tokens_on() {
        assertThat(amount(PriceFormat.OPENROUTER, OPENROUTER, "openrouter", "anthropic/claude-1", 199_999))
                .isEqualByComparingTo("0.599997");
        assertThat(amount(PriceFormat.OPENROUTER, OPENROUTER, "openrouter", "anthropic/claude", 200_000))
                .isEqualByComparingTo("1.2");
    }

    @Test
    void a_zero_beside_openrouter_s_main_prices_is_no_price_of_its_own() {
        TokenUsage thinking =
                TokenUsage.inclusive(0, 1_000_000).reasoning(400_000).with(UsageKind.WEB_SEARCHES, 1);

        Cost cost = PriceFormat.OPENROUTER
                .read(OPENROUTER, DAY)
                .book()
                .price("openrouter", "anthropic/claude", thinking, NOW);

        assertThat(cost.amountOrNull()).isEqualByComparingTo("15.01");
        assertThat(cost.state()).isEqualTo(CostState.EXACT);
    }

    @Test
    void a_model_whose_price_depends_on_the_choice_of_openrouter_is_unpriced() {
        PriceImport imported = PriceFormat.OPENROUTER.read(OPENROUTER, DAY);

        assertThat(imported.book()
                        .price("openrouter", "openrouter/auto", TokenUsage.inclusive(1, 1), NOW)
                        .state())
                .isEqualTo(CostState.UNPRICED);
        assertThat(imported.report().findings())
                .extracting(finding -> finding.kind() + " " + finding.model() + " " + finding.key())
                .containsExactly("WITHOUT_PRICE openrouter/auto ", "NOT_REPRESENTED free/model:free magic");
    }

    @ParameterizedTest
    @EnumSource
    void a_file_of_another_format_is_refused(PriceFormat format) {
        assertThatThrownBy(() -> format.read("3", DAY)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> format.read("[}", DAY)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void a_backdated_price_is_known_from_the_day_of_the_file_on() {
        Instant january = Instant.parse("2026-01-01T00:00:00Z");
        PriceImport imported = PriceFormat.MODELS_DEV.read(MODELS_DEV, DAY, january);
        TokenUsage million = TokenUsage.inclusive(1_000_000, 0);

        assertThat(imported.book()
                        .price("openai", "old", million, PricingContext.at(january))
                        .components()
                        .get(0)
                        .priceId())
                .isEqualTo("openai/old@2026-01-01/backdated-2026-08-21#input_tokens@200001");
        PricingContext asKnownInMay = PricingContext.builder(january)
                .knownAt(Instant.parse("2026-05-01T00:00:00Z"))
                .build();
        assertThat(imported.book().price("openai", "old", million, asKnownInMay).state())
                .isEqualTo(CostState.UNPRICED);
    }

    private static BigDecimal amount(PriceFormat format, String list, String provider, String model, long tokens) {
        return format.read(list, DAY)
                .book()
                .price(provider, model, TokenUsage.inclusive(tokens, 0), NOW)
                .amountOrNull();
    }
}
