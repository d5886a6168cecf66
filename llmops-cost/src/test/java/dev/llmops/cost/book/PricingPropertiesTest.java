package dev.llmops.cost.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class PricingPropertiesTest {

    private static final PricingContext NOW = PricingContext.at(Instant.parse("2026-01-01T00:00:00Z"));
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    /** Consistent inclusive counts: the parts never exceed their wholes, and the overlap is reported. */
    record UsageCounts(
            long text, long cached, long audio, long cachedAudio, long written, long output, long reasoning) {
        TokenUsage usage() {
            return TokenUsage.inclusive(text + cached + audio + cachedAudio + written, output + reasoning)
                    .cachedInput(cached + cachedAudio)
                    .cacheWrite(written)
                    .reasoning(reasoning)
                    .with(UsageKind.INPUT_AUDIO_TOKENS, audio + cachedAudio)
                    .with(UsageKind.CACHE_AUDIO_READ_TOKENS, cachedAudio)
                    .with(UsageKind.CACHE_AUDIO_WRITE_TOKENS, 0);
        }

        UsageCounts times(long factor) {
            return new UsageCounts(
                    text * factor,
                    cached * factor,
                    audio * factor,
                    cachedAudio * factor,
                    written * factor,
                    output * factor,
                    reasoning * factor);
        }
    }

    @Provide
    Arbitrary<UsageCounts> counts() {
        Arbitrary<Long> count = Arbitraries.longs().between(0, 2_000_000);
        return Combinators.combine(count, count, count, count, count, count, count)
                .as(UsageCounts::new);
    }

    @Provide
    Arbitrary<ModelPrices> prices() {
        Arbitrary<BigDecimal> price = Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.valueOf(500))
                .ofScale(6);
        return price.list().ofSize(8).map(PricingPropertiesTest::model);
    }

    private static ModelPrices model(List<BigDecimal> prices) {
        UsageKind[] kinds = {
            UsageKind.INPUT_TOKENS,
            UsageKind.CACHE_READ_TOKENS,
            UsageKind.CACHE_WRITE_TOKENS,
            UsageKind.INPUT_AUDIO_TOKENS,
            UsageKind.CACHE_AUDIO_READ_TOKENS,
            UsageKind.CACHE_AUDIO_WRITE_TOKENS,
            UsageKind.OUTPUT_TOKENS,
            UsageKind.OUTPUT_REASONING_TOKENS
        };
        Map<UsageKind, Rate> rates = new TreeMap<>();
        for (int i = 0; i < kinds.length; i++) {
            rates.put(kinds[i], Rate.flat(prices.get(i), MILLION));
        }
        return ModelPrices.builder("p", "m")
                .addEntry(PriceEntry.always("e", rates))
                .build();
    }

    @Property
    void the_components_add_up_to_the_amount_and_replay_gives_it_again(
            @ForAll("prices") ModelPrices prices, @ForAll("counts") UsageCounts counts) {
        Cost cost = prices.price(counts.usage(), NOW);

        assertThat(cost.state()).isEqualTo(CostState.EXACT);
        assertThat(Costs.sum(cost.components()))
                .isEqualByComparingTo(cost.amount().orElseThrow());
        assertThat(Costs.replay(cost)).isEqualByComparingTo(cost.amount().orElseThrow());
    }

    @Property
    void every_token_is_billed_once(@ForAll("prices") ModelPrices prices, @ForAll("counts") UsageCounts counts) {
        Cost cost = prices.price(counts.usage(), NOW);

        BigDecimal billed = cost.components().stream().map(c -> c.quantity()).reduce(BigDecimal.ZERO, BigDecimal::add);
        long used =
                counts.usage().count(UsageKind.INPUT_TOKENS) + counts.usage().count(UsageKind.OUTPUT_TOKENS);
        assertThat(billed).isEqualByComparingTo(BigDecimal.valueOf(used));
    }

    @Property
    void a_flat_price_is_linear_in_the_usage(
            @ForAll("prices") ModelPrices prices,
            @ForAll("counts") UsageCounts counts,
            @ForAll @LongRange(min = 0, max = 1_000) long factor) {
        BigDecimal once = amount(prices, counts.usage());

        assertThat(amount(prices, counts.times(factor).usage()))
                .isEqualByComparingTo(once.multiply(BigDecimal.valueOf(factor)));
    }

    @Property
    void strict_pricing_agrees_where_nothing_is_left_open(
            @ForAll("prices") ModelPrices prices, @ForAll("counts") UsageCounts counts) {
        assertThat(prices.priceStrictly(counts.usage(), NOW)).isEqualTo(prices.price(counts.usage(), NOW));
    }

    @Property
    void usage_read_back_from_a_cost_gives_the_same_cost(
            @ForAll("prices") ModelPrices prices, @ForAll("counts") UsageCounts counts) {
        Cost cost = prices.price(counts.usage(), NOW);

        assertThat(prices.price(Costs.usage(cost), NOW).amount().orElseThrow())
                .isEqualByComparingTo(cost.amount().orElseThrow());
    }

    /** Whatever a provider reports, no part is billed below zero and nothing is thrown. */
    @Property
    void contradicting_counts_never_give_a_negative_part(
            @ForAll("prices") ModelPrices prices,
            @ForAll @LongRange(min = -1, max = 1_000) long input,
            @ForAll @LongRange(min = -1, max = 1_000) long cached,
            @ForAll @LongRange(min = -1, max = 1_000) long audio) {
        TokenUsage usage = TokenUsage.inclusive(input, 0).cachedInput(cached).with(UsageKind.INPUT_AUDIO_TOKENS, audio);

        Cost cost = prices.price(usage, NOW);

        assertThat(cost.components())
                .allSatisfy(c -> assertThat(c.quantity().signum()).isPositive());
        assertThat(cost.amount().orElseThrow().signum()).isNotNegative();
    }

    @Property
    void a_graduated_price_is_continuous_where_a_cliff_jumps(
            @ForAll @LongRange(min = 1, max = 1_000_000) long boundary) {
        ModelPrices graduated = tiered(boundary, true);
        BigDecimal below = amount(graduated, TokenUsage.inclusive(boundary, 0));
        BigDecimal above = amount(graduated, TokenUsage.inclusive(boundary + 1, 0));

        assertThat(above.subtract(below)).isEqualByComparingTo("0.000009");
        assertThat(amount(tiered(boundary, false), TokenUsage.inclusive(boundary + 1, 0)))
                .isEqualByComparingTo(BigDecimal.valueOf(9 * (boundary + 1), 6));
    }

    @Property
    void the_price_in_force_never_goes_back_as_time_goes_on(
            @ForAll @LongRange(min = 0, max = 40) long day, @ForAll @LongRange(min = 0, max = 40) long laterBy) {
        ModelPrices.Builder builder = ModelPrices.builder("p", "m");
        for (int i = 0; i < 5; i++) {
            Instant from = i == 0 ? null : instant(8L * i);
            Map<UsageKind, Rate> rates = Map.of(UsageKind.INPUT_TOKENS, Rate.flat(BigDecimal.valueOf(i + 1), MILLION));
            builder.addEntry(new PriceEntry("e" + i, from, null, null, null, Conditions.NONE, rates, null));
        }
        ModelPrices rising = builder.build();
        TokenUsage million = TokenUsage.inclusive(1_000_000, 0);

        BigDecimal then =
                rising.price(million, PricingContext.at(instant(day))).amount().orElseThrow();
        BigDecimal later = rising.price(million, PricingContext.at(instant(day + laterBy)))
                .amount()
                .orElseThrow();

        assertThat(then).isEqualByComparingTo(BigDecimal.valueOf(Math.min(day / 8, 4) + 1));
        assertThat(later).isGreaterThanOrEqualTo(then);
    }

    private static Instant instant(long day) {
        return NOW.at().plusSeconds(day * 86_400);
    }

    private static ModelPrices tiered(long boundary, boolean graduated) {
        Rate rate = new Rate(
                List.of(
                        new Rate.Step(0, BigDecimal.ONE, false),
                        new Rate.Step(boundary + 1, BigDecimal.valueOf(9), false)),
                MILLION,
                graduated);
        return ModelPrices.builder("p", "m")
                .addEntry(PriceEntry.always("e", Map.of(UsageKind.INPUT_TOKENS, rate)))
                .build();
    }

    private static BigDecimal amount(ModelPrices prices, TokenUsage usage) {
        return prices.price(usage, NOW).amount().orElseThrow();
    }
}
