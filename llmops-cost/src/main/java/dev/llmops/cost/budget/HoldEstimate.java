package dev.llmops.cost.budget;

import dev.llmops.core.LlmCall;
import dev.llmops.core.record.CallInfo;
import dev.llmops.cost.book.Adjustment;
import dev.llmops.cost.book.ModelPrices;
import dev.llmops.cost.book.PriceBook;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
    private final List<Ceiling> models = new ArrayList<>();

    private HoldEstimate() {}

    /**
     * Starts an estimate of a call at the highest prices that a book has for its model when it started.
     *
     * @param call the call
     * @param prices the book
     * @return an estimate with that model, without limits of its own; empty for a model that the book does not have
     */
    public static Optional<HoldEstimate> of(LlmCall call, PriceBook prices) {
        CallInfo info = call.live().info();
        return prices.find(info.provider(), info.requestModel())
                .map(model -> create().addModel(Ceiling.of(model, info.startedAt())));
    }

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
        this.inputTokens = Ceiling.requireCount("inputTokens", tokens);
        return this;
    }

    /**
     * Sets the output asked for, reasoning included. Left out, a model's maximum stands for it.
     *
     * @param tokens how many per choice, not negative
     * @return this estimate
     */
    public HoldEstimate maxOutputTokens(long tokens) {
        this.maxOutputTokens = Ceiling.requireCount("maxOutputTokens", tokens);
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
            throw new IllegalArgumentException(
                    "choices is " + choices + " — at least 1 — pass the number of answers asked for");
        }
        this.choices = choices;
        return this;
    }

    /**
     * Sets what is charged besides tokens, such as requests and searches; 0 by default.
     *
     * @param amount the most it may be, not negative
     * @return this estimate
     */
    public HoldEstimate fixedCharges(BigDecimal amount) {
        this.fixedCharges = Ceiling.requirePrice("fixedCharges", amount);
        return this;
    }

    /**
     * Adds a model that may serve the call, fallbacks included.
     *
     * @param model its highest prices and the most that it reads and writes
     * @return this estimate
     */
    public HoldEstimate addModel(Ceiling model) {
        models.add(model);
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
        return addModel(Ceiling.of(prices, at).reading(maxInputTokens).writing(maxOutputTokens));
    }

    /**
     * Calculates the bound.
     *
     * @return the exact amount; {@link Budgets#hold} rounds it up
     * @throws IllegalStateException if no model was added, or the tokens of one have no bound
     */
    public BigDecimal upperBound() {
        return models.stream()
                .map(model -> model.cost(inputTokens, maxOutputTokens, choices))
                .max(BigDecimal::compareTo)
                .orElseThrow(() -> new IllegalStateException(
                        "the estimate has no model — at least one — add those that may serve the call with addModel"))
                .add(fixedCharges);
    }

    /**
     * The most that a model may cost: its highest prices, and how much it reads and writes at most. Immutable and safe for use
     * by many threads.
     */
    public static final class Ceiling {

        private final BigDecimal inputPrice;
        private final BigDecimal outputPrice;
        private final @Nullable Long maxInputTokens;
        private final @Nullable Long maxOutputTokens;

        private Ceiling(
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
        public static Ceiling perMillionTokens(BigDecimal input, BigDecimal output) {
            return new Ceiling(requirePrice("input", input), requirePrice("output", output), null, null);
        }

        /**
         * Returns a model at the highest prices that its book names for any condition, without limits.
         *
         * @param prices the model's prices
         * @param at when the call starts
         * @return the model
         */
        public static Ceiling of(ModelPrices prices, Instant at) {
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
        public Ceiling reading(long maxTokens) {
            return new Ceiling(inputPrice, outputPrice, requireCount("maxInputTokens", maxTokens), maxOutputTokens);
        }

        /**
         * Limits what the model writes for each choice, reasoning included; without a limit, the estimate must say how much
         * output is asked for.
         *
         * @param maxTokens the model's limit, not negative
         * @return a copy
         * @throws IllegalArgumentException if the number is negative
         */
        public Ceiling writing(long maxTokens) {
            return new Ceiling(inputPrice, outputPrice, maxInputTokens, requireCount("maxOutputTokens", maxTokens));
        }

        BigDecimal cost(@Nullable Long inputTokens, @Nullable Long outputTokens, int choices) {
            long input = inputTokens == null ? required("inputTokens", "reading", maxInputTokens) : inputTokens;
            long output = outputTokens == null
                    ? required("maxOutputTokens", "writing", maxOutputTokens)
                    : maxOutputTokens == null ? outputTokens : Math.min(outputTokens, maxOutputTokens);
            BigDecimal inputCost = inputPrice.multiply(BigDecimal.valueOf(input));
            BigDecimal outputCost =
                    outputPrice.multiply(BigDecimal.valueOf(output)).multiply(BigDecimal.valueOf(choices));
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
                throw new IllegalArgumentException(
                        property + " is " + count + " — 0 or more — pass a number of tokens");
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
}
