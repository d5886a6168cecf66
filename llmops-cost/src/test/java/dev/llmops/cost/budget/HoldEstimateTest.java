package dev.llmops.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
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
                .hasMessage(
                        "the estimate has no model — at least one — add those that may serve the call with addModel");
    }

    @Test
    void tokens_that_neither_the_call_nor_the_model_bounds_are_refused() {
        HoldEstimate estimate = HoldEstimate.create().maxOutputTokens(1).addModel(model("1", "1"));
        assertThatThrownBy(estimate::upperBound)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("inputTokens is not set and the model has no limit — one of both —"
                        + " set inputTokens of the estimate, or reading of the model");
    }

    @Test
    void a_live_call_brings_its_model_and_the_instant_of_its_prices() {
        try (LlmOps llmops = LlmOps.builder().build()) {
            LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o").start();
            BigDecimal bound = HoldEstimate.of(call, PriceBook.bundled())
                    .orElseThrow()
                    .inputTokens(1_000_000)
                    .maxOutputTokens(0)
                    .upperBound();
            assertThat(bound)
                    .isEqualByComparingTo(PriceBook.bundled()
                            .find("openai", "gpt-4o")
                            .orElseThrow()
                            .highestTokenPrice(Adjustment.Side.INPUT, Instant.now()));
        }
    }

    @Test
    void a_live_call_of_a_model_without_a_price_has_no_estimate() {
        try (LlmOps llmops = LlmOps.builder().build()) {
            LlmCall call =
                    llmops.call(Operation.CHAT, "openai", "no-such-model").start();
            assertThat(HoldEstimate.of(call, PriceBook.bundled())).isEmpty();
        }
    }

    private static HoldEstimate twoModels() {
        return HoldEstimate.create()
                .addModel(model("2.5", "10").reading(128_000).writing(16_384))
                .addModel(model("3", "15").reading(200_000).writing(64_000));
    }

    private static HoldEstimate.Ceiling model(String input, String output) {
        return HoldEstimate.Ceiling.perMillionTokens(new BigDecimal(input), new BigDecimal(output));
    }
}
