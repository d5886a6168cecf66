package dev.llmops.cost.budget;

import dev.llmops.cost.book.Adjustment;
import dev.llmops.cost.book.ModelPrices;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The highest possible cost of a call: input tokens × the highest input price, plus output tokens × choices × the highest
 * output price, plus fixed charges; the highest of all models that may serve the call.
 *
 * <p>Not safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class HoldEstimate {

    private @Nullable Long inputTokens;
    private @Nullable Long maxOutputTokens;
    private int choices = 1;
    private BigDecimal fixedCharges = BigDecimal.ZERO;
    private final List<Candidate> candidates = new ArrayList<>();

    private HoldEstimate() {}

    /**
     * Starts an estimate.
     *
     * @return an estimate without models, of one choice
     */
    public static HoldEstimate create() {
        return new HoldEstimate();
    }

    /**
     * Sets the counted input, cached or not. Left out where input cannot be counted, such as files: then a model's
     * maximum stands for it.
     *
     * @param tokens how many, not negative
     * @return this estimate
     */
    public HoldEstimate inputTokens(long tokens) {
        this.inputTokens = requireCount("inputTokens", tokens);
        return this;
    }

    /**
     * Sets the output asked for, reasoning included. Left out, a model's maximum stands for it.
     *
     * @param tokens how many per choice, not negative
     * @return this estimate
     */
    public HoldEstimate maxOutputTokens(long tokens) {
        this.maxOutputTokens = requireCount("maxOutputTokens", tokens);
        return this;
    }

    /**
     * Sets how many answers are asked for; 1 by default.
     *
     * @param choices how many, at least 1
     * @return this estimate
     */
    public HoldEstimate choices(int choices) {
        if (choices < 1) {
            throw new IllegalArgumentException("choices must be at least 1, but was " + choices);
        }
        this.choices = choices;
        return this;
    }

    /**
     * Sets what is charged beside tokens, such as requests and searches; 0 by default.
     *
     * @param amount the most it may be, not negative
     * @return this estimate
     */
    public HoldEstimate fixedCharges(BigDecimal amount) {
        this.fixedCharges = requirePrice("fixedCharges", amount);
        return this;
    }

    /**
     * Adds a model that may serve the call, fallbacks included.
     *
     * @param maxInputTokens the most that it reads, not negative
     * @param maxOutputTokens the most that it writes per choice, reasoning included, not negative
     * @param highestInputPrice per million tokens, the highest that may apply: context tier, service tier and cache
     *     writes included
     * @param highestOutputPrice per million tokens, the higher of output and reasoning
     * @return this estimate
     */
    public HoldEstimate addModel(
            long maxInputTokens, long maxOutputTokens, BigDecimal highestInputPrice, BigDecimal highestOutputPrice) {
        candidates.add(new Candidate(
                requireCount("maxInputTokens", maxInputTokens),
                requireCount("maxOutputTokens", maxOutputTokens),
                requirePrice("highestInputPrice", highestInputPrice),
                requirePrice("highestOutputPrice", highestOutputPrice)));
        return this;
    }

    /**
     * Adds a model that may serve the call, at the highest prices that its book names for any condition.
     *
     * @param prices the model's prices
     * @param at when the call starts
     * @param maxInputTokens the most that it reads, not negative
     * @param maxOutputTokens the most that it writes per choice, reasoning included, not negative
     * @return this estimate
     */
    public HoldEstimate addModel(ModelPrices prices, Instant at, long maxInputTokens, long maxOutputTokens) {
        return addModel(
                maxInputTokens,
                maxOutputTokens,
                prices.highestTokenPrice(Adjustment.Side.INPUT, at),
                prices.highestTokenPrice(Adjustment.Side.OUTPUT, at));
    }

    /**
     * Calculates the bound.
     *
     * @return the exact amount; {@link Budgets#hold} rounds it up
     * @throws IllegalStateException if no model was added
     */
    public BigDecimal upperBound() {
        return candidates.stream()
                .map(this::cost)
                .max(BigDecimal::compareTo)
                .orElseThrow(() -> new IllegalStateException("a model must be added with addModel"))
                .add(fixedCharges);
    }

    private BigDecimal cost(Candidate model) {
        long input = inputTokens == null ? model.maxInputTokens() : inputTokens;
        long output =
                maxOutputTokens == null ? model.maxOutputTokens() : Math.min(maxOutputTokens, model.maxOutputTokens());
        BigDecimal inputCost = model.inputPrice().multiply(BigDecimal.valueOf(input));
        BigDecimal outputCost =
                model.outputPrice().multiply(BigDecimal.valueOf(output)).multiply(BigDecimal.valueOf(choices));
        return inputCost.add(outputCost).movePointLeft(6);
    }

    private static long requireCount(String property, long count) {
        if (count < 0) {
            throw new IllegalArgumentException(property + " must not be negative, but was " + count);
        }
        return count;
    }

    private static BigDecimal requirePrice(String property, BigDecimal price) {
        if (Objects.requireNonNull(price, property).signum() < 0) {
            throw new IllegalArgumentException(property + " must not be negative, but was " + price.toPlainString());
        }
        return price;
    }

    private record Candidate(
            long maxInputTokens, long maxOutputTokens, BigDecimal inputPrice, BigDecimal outputPrice) {}
}
