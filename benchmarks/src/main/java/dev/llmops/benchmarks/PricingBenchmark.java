package dev.llmops.benchmarks;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PricingContext;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Pricing one call from the names of its provider and model, beside two prices in a map multiplied as decimals, which is
 * what a user would otherwise write: without cache, tiers, times, components or price ids.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class PricingBenchmark {

    private final PriceBook book = PriceBook.bundled();
    private final PricingContext context = PricingContext.at(Instant.parse("2026-08-21T12:00:00Z"));
    private final Map<String, BigDecimal[]> prices =
            new HashMap<>(Map.of("gpt-4o", new BigDecimal[] {new BigDecimal("2.50"), new BigDecimal("10")}));

    private String provider = "openai";
    private String model = "gpt-4o";
    private long inputTokens = 1_248;
    private long cachedTokens = 1_152;
    private long outputTokens = 333;

    /**
     * Prices a call with cached input: three components.
     *
     * @return the cost
     */
    @Benchmark
    public Cost cachedCall() {
        return book.price(
                provider, model, TokenUsage.inclusive(inputTokens, outputTokens).cachedInput(cachedTokens), context);
    }

    /**
     * Prices a call of a model with context tiers and cache lifetimes: four components.
     *
     * @return the cost
     */
    @Benchmark
    public Cost tieredCall() {
        TokenUsage usage = TokenUsage.inclusive(300_000, outputTokens)
                .cachedInput(cachedTokens)
                .cacheWrite(2_000)
                .with(UsageKind.CACHE_WRITE_1H_TOKENS, 2_000);
        return book.price("anthropic", "claude-sonnet-4-5", usage, context);
    }

    /**
     * Two prices, multiplied by hand.
     *
     * @return the amount
     */
    @Benchmark
    public BigDecimal twoPricesByHand() {
        BigDecimal[] price = prices.getOrDefault(model, new BigDecimal[0]);
        return price[0].multiply(BigDecimal.valueOf(inputTokens))
                .add(price[1].multiply(BigDecimal.valueOf(outputTokens)))
                .movePointLeft(6);
    }
}
