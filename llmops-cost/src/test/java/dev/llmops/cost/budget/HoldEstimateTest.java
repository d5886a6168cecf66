package dev.llmops.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.cost.book.Adjustment;
import dev.llmops.cost.book.ModelPrices;
import dev.llmops.cost.book.PriceBook;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HoldEstimateTest {

    @Test
    void input_and_output_count_at_their_highest_prices() {
        assertThat(twoModels().inputTokens(812).maxOutputTokens(333).upperBound())
                .isEqualByComparingTo("0.007431"); // 812 × 3 / 10⁶ + 333 × 15 / 10⁶
    }

    @Test
    void every_choice_writes_the_whole_output() {
        assertThat(twoModels().inputTokens(812).maxOutputTokens(333).choices(3).upperBound())
                .isEqualByComparingTo("0.017421");
    }

    @Test
    void input_that_cannot_be_counted_is_the_models_maximum() {
        assertThat(twoModels().maxOutputTokens(0).upperBound()).isEqualByComparingTo("0.6");
    }

    @Test
    void output_that_was_not_asked_for_is_the_models_maximum() {
        assertThat(twoModels().inputTokens(0).upperBound()).isEqualByComparingTo("0.96");
    }

    @Test
    void output_beyond_the_models_maximum_does_not_count() {
        assertThat(twoModels().inputTokens(0).maxOutputTokens(1_000_000).upperBound())
                .isEqualByComparingTo("0.96");
    }

    @Test
    void fixed_charges_are_added_once() {
        assertThat(twoModels()
                        .inputTokens(0)
                        .maxOutputTokens(0)
                        .fixedCharges(new BigDecimal("0.01"))
                        .upperBound())
                .isEqualByComparingTo("0.01");
    }

    @Test
    void a_model_of_a_price_book_counts_at_its_highest_prices() {
        ModelPrices prices = PriceBook.bundled().find("openai", "gpt-4o").orElseThrow();
        Instant at = Instant.parse("2026-08-20T00:00:00Z");
        BigDecimal input = prices.highestTokenPrice(Adjustment.Side.INPUT, at);
        BigDecimal output = prices.highestTokenPrice(Adjustment.Side.OUTPUT, at);

        BigDecimal bound = HoldEstimate.create()
                .inputTokens(1_000_000)
                .maxOutputTokens(1_000_000)
                .addModel(prices, at, 2_000_000, 2_000_000)
                .upperBound();

        assertThat(bound).isEqualByComparingTo(input.add(output)).isPositive();
    }

    @Test
    void an_estimate_without_a_model_is_refused() {
        assertThatThrownBy(() -> HoldEstimate.create().upperBound())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a model must be added with addModel");
    }

    private static HoldEstimate twoModels() {
        return HoldEstimate.create()
                .addModel(128_000, 16_384, new BigDecimal("2.5"), new BigDecimal("10"))
                .addModel(200_000, 64_000, new BigDecimal("3"), new BigDecimal("15"));
    }
}
