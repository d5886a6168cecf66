package dev.llmops.cost.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.internal.PriceUnits;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ModelPricesTest {

    private static final PricingContext NOW = PricingContext.at(Instant.parse("2026-01-01T00:00:00Z"));

    @Test
    void inclusive_and_exclusive_usage_of_one_call_cost_the_same() {
        ModelPrices haiku = model("input_tokens=0.80 cache_read_tokens=0.08 cache_write_tokens=1 "
                + "cache_write_1h_tokens=1.60 output_tokens=4");

        Cost exclusive = haiku.price(
                TokenUsage.exclusive(338, 65).cachedInput(500).with(UsageKind.CACHE_WRITE_1H_TOKENS, 20), NOW);
        Cost inclusive = haiku.price(
                TokenUsage.inclusive(858, 65).cachedInput(500).cacheWrite(20).with(UsageKind.CACHE_WRITE_1H_TOKENS, 20),
                NOW);

        assertThat(exclusive.amount().orElseThrow()).isEqualByComparingTo("0.0006024");
        assertThat(inclusive.amount().orElseThrow()).isEqualByComparingTo("0.0006024");
        assertThat(exclusive.state()).isEqualTo(CostState.EXACT);
    }

    @Test
    void a_detail_without_price_is_billed_with_its_whole_and_zero_is_a_price() {
        TokenUsage usage = TokenUsage.inclusive(1_000, 0).cachedInput(900);

        assertThat(amount(model("input_tokens=30 output_tokens=60"), usage)).isEqualByComparingTo("0.03");
        assertThat(amount(model("input_tokens=30 cache_read_tokens=0 output_tokens=60"), usage))
                .isEqualByComparingTo("0.003");
    }

    @Test
    void the_lifetimes_of_cache_writes_have_prices_of_their_own() {
        ModelPrices sonnet = model("input_tokens=3 cache_write_tokens=3.75 cache_write_1h_tokens=6 output_tokens=15");
        TokenUsage usage = TokenUsage.inclusive(20_000, 10)
                .cacheWrite(9_000)
                .with(UsageKind.CACHE_WRITE_5M_TOKENS, 4_000)
                .with(UsageKind.CACHE_WRITE_1H_TOKENS, 5_000);

        assertThat(amount(sonnet, usage)).isEqualByComparingTo("0.07815");
    }

    @Test
    void an_overlap_that_was_not_reported_is_billed_to_the_cache_and_makes_an_estimate() {
        ModelPrices prices = model(
                "input_tokens=2 cache_read_tokens=0.5 input_image_tokens=2 cache_image_read_tokens=0.5 output_tokens=6");
        TokenUsage usage = TokenUsage.inclusive(2_461, 0).cachedInput(2_432).with(UsageKind.INPUT_IMAGE_TOKENS, 1_142);

        Cost cost = prices.price(usage, NOW);

        assertThat(cost.amount().orElseThrow()).isEqualByComparingTo("0.001274");
        assertThat(cost.state()).isEqualTo(CostState.ESTIMATED);
        assertThat(cost.reason()).isEqualTo("cache_image_read_tokens was not reported and is taken to be 1113");
    }

    @Test
    void details_that_exceed_the_total_are_billed_and_the_rest_is_clamped() {
        ModelPrices prices = model("input_tokens=3 cache_read_tokens=0.3 cache_write_tokens=3.75 output_tokens=15");
        TokenUsage usage = TokenUsage.inclusive(28_436, 0).cachedInput(28_432).cacheWrite(118);

        Cost cost = prices.price(usage, NOW);

        assertThat(cost.amount().orElseThrow()).isEqualByComparingTo("0.0089721");
        assertThat(cost.state()).isEqualTo(CostState.ESTIMATED);
        assertThat(cost.reason()).isEqualTo("the parts of input_tokens exceed it by 114");
    }

    @Test
    void what_was_used_and_has_no_price_makes_the_call_unpriced() {
        Cost cost = model("input_tokens=3 output_tokens=15")
                .price(TokenUsage.inclusive(1_000_000, 0).with(UsageKind.WEB_SEARCHES, 2), NOW);

        assertThat(cost.state()).isEqualTo(CostState.UNPRICED);
        assertThat(cost.amount()).isEmpty();
        assertThat(cost.reason()).isEqualTo("no price for web_searches");
        assertThat(Costs.pricedPart(cost)).isEqualByComparingTo("3");
    }

    @Test
    void an_endless_quotient_is_rounded_half_even_at_fifteen_decimals_and_nowhere_else() {
        ModelPrices whisper = model("input_audio_seconds=0.37");
        TokenUsage usage = TokenUsage.inclusive(0, 0).with(UsageKind.INPUT_AUDIO_SECONDS, 61_000_000_000L);

        Cost cost = whisper.price(usage, NOW);

        assertThat(cost.amount().orElseThrow()).isEqualByComparingTo("0.006269444444444");
        assertThat(cost.components().get(0).quantity()).isEqualByComparingTo("61");
        assertThat(Costs.replay(cost)).isEqualByComparingTo(cost.amount().orElseThrow());
    }

    @Test
    void amounts_beyond_a_long_stay_exact() {
        ModelPrices prices = model("input_tokens=0.123456789012 output_tokens=1");

        assertThat(amount(prices, TokenUsage.inclusive(9_000_000_000_000_000L, 0)))
                .isEqualByComparingTo("1111111101.108");
    }

    @Test
    void a_correction_keeps_what_was_and_says_what_is() {
        TokenUsage usage = TokenUsage.inclusive(1_000_000, 0);
        Cost wrong = model("input_tokens=30 output_tokens=0").price(usage, NOW);
        Cost right = model("input_tokens=3 output_tokens=0").price(usage, NOW);

        Cost correction = Costs.correction(wrong, right).orElseThrow();

        assertThat(correction.state()).isEqualTo(CostState.CORRECTED);
        assertThat(correction.amount().orElseThrow()).isEqualByComparingTo("3");
        assertThat(correction.reason()).startsWith("was 30");
        assertThat(Costs.correction(right, right)).isEmpty();
        assertThat(Costs.correction(Cost.unpriced("USD"), right)).isPresent();
    }

    private static BigDecimal amount(ModelPrices prices, TokenUsage usage) {
        Cost cost = prices.price(usage, NOW);
        assertThat(cost.state()).isEqualTo(CostState.EXACT);
        return cost.amount().orElseThrow();
    }

    /** Prices per million tokens or hour, as {@code kind=price kind=price}. */
    private static ModelPrices model(String prices) {
        Map<UsageKind, Rate> rates = new TreeMap<>();
        for (String each : prices.split(" ")) {
            String[] parts = each.split("=");
            UsageKind kind = UsageKind.ofKey(parts[0]).orElseThrow();
            rates.put(kind, Rate.flat(new BigDecimal(parts[1]), PriceUnits.usualPer(kind)));
        }
        return ModelPrices.builder("p", "m")
                .addEntry(PriceEntry.always("p/m", rates))
                .build();
    }
}
