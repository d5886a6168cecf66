package dev.llmops.cost.budget;

import dev.llmops.cost.book.Adjustment;
import dev.llmops.cost.book.ModelPrices;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The most that a model may cost: its highest prices, and how much it reads and writes at most. Immutable and safe for use
 * by many threads.
 *
 * @since 0.1.0
 */
public final class ModelCeiling {

    private final BigDecimal inputPrice;
    private final BigDecimal outputPrice;
    private final @Nullable Long maxInputTokens;
    private final @Nullable Long maxOutputTokens;

    private ModelCeiling(
            BigDecimal inputPrice,
            BigDecimal outputPrice,
            @Nullable Long maxInputTokens,
            @Nullable Long maxOutputTokens) {
        this.inputPrice = inputPrice;
        this.outputPrice = outputPrice;
        this.maxInputTokens = maxInputTokens;
        this.maxOutputTokens = maxOutputTokens;
    }

    /**
     * Returns a model of these prices, without limits.
     *
     * @param input the highest price of a million input tokens that may apply: context tier, service tier and cache writes
     *     included
     * @param output the highest price of a million output tokens, the higher of output and reasoning
     * @return the model
     * @throws IllegalArgumentException if a price is negative
     */
    public static ModelCeiling perMillionTokens(BigDecimal input, BigDecimal output) {
        return new ModelCeiling(requirePrice("input", input), requirePrice("output", output), null, null);
    }

    /**
     * Returns a model at the highest prices that its book names for any condition, without limits.
     *
     * @param prices the model's prices
     * @param at when the call starts
     * @return the model
     */
    public static ModelCeiling of(ModelPrices prices, Instant at) {
        return perMillionTokens(
                prices.highestTokenPrice(Adjustment.Side.INPUT, at),
                prices.highestTokenPrice(Adjustment.Side.OUTPUT, at));
    }

    /**
     * Limits what the model reads; without a limit, the estimate must say how many input tokens there are.
     *
     * @param maxTokens the model's context, not negative
     * @return a copy
     * @throws IllegalArgumentException if the number is negative
     */
    public ModelCeiling reading(long maxTokens) {
        return new ModelCeiling(inputPrice, outputPrice, requireCount("maxInputTokens", maxTokens), maxOutputTokens);
    }

    /**
     * Limits what the model writes for each choice, reasoning included; without a limit, the estimate must say how much
     * output is asked for.
     *
     * @param maxTokens the model's limit, not negative
     * @return a copy
     * @throws IllegalArgumentException if the number is negative
     */
    public ModelCeiling writing(long maxTokens) {
        return new ModelCeiling(inputPrice, outputPrice, maxInputTokens, requireCount("maxOutputTokens", maxTokens));
    }

    BigDecimal cost(@Nullable Long inputTokens, @Nullable Long outputTokens, int choices) {
        long input = inputTokens == null ? required("inputTokens", "reading", maxInputTokens) : inputTokens;
        long output = outputTokens == null
                ? required("maxOutputTokens", "writing", maxOutputTokens)
                : maxOutputTokens == null ? outputTokens : Math.min(outputTokens, maxOutputTokens);
        BigDecimal inputCost = inputPrice.multiply(BigDecimal.valueOf(input));
        BigDecimal outputCost = outputPrice.multiply(BigDecimal.valueOf(output)).multiply(BigDecimal.valueOf(choices));
        return inputCost.add(outputCost).movePointLeft(6);
    }

    private static long required(String count, String limit, @Nullable Long tokens) {
        if (tokens == null) {
            throw new IllegalStateException(count + " is not set and the model has no limit — one of both — set "
                    + count + " of the estimate, or " + limit + " of the model");
        }
        return tokens;
    }

    static long requireCount(String property, long count) {
        if (count < 0) {
            throw new IllegalArgumentException(property + " is " + count + " — 0 or more — pass a number of tokens");
        }
        return count;
    }

    static BigDecimal requirePrice(String property, BigDecimal price) {
        if (Objects.requireNonNull(price, property).signum() < 0) {
            throw new IllegalArgumentException(
                    property + " is " + price.toPlainString() + " — 0 or more — pass an amount of money");
        }
        return price;
    }
}
