package dev.llmops.cost.accounting;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;

/**
 * The cost of a deployment in one hour, in total and per token.
 *
 * <p><em>Allocated</em> amounts share out the whole bill of the hour, idle time included, in proportion to measured device
 * time; the parts and the overhead add up to the bill exactly. <em>Marginal</em> amounts are the busy time only, for
 * comparing with the price of an API. An hour without tokens is all overhead: it is not spread over other hours.
 *
 * @param hour when the hour begins
 * @param bill what the devices cost
 * @param input the allocated cost of input that was not cached
 * @param cachedInput the allocated cost of cached input
 * @param output the allocated cost of output
 * @param overhead what no token can be blamed for
 * @param marginalInput the cost of the time busy with input
 * @param marginalCachedInput the cost of the time busy with cached input
 * @param marginalOutput the cost of the time busy with output
 * @param utilizationRatio busy time over paid time, 0 to 1
 * @param measured what was measured
 * @since 0.1.0
 */
public record SelfHostedHour(
        Instant hour,
        BigDecimal bill,
        BigDecimal input,
        BigDecimal cachedInput,
        BigDecimal output,
        BigDecimal overhead,
        BigDecimal marginalInput,
        BigDecimal marginalCachedInput,
        BigDecimal marginalOutput,
        BigDecimal utilizationRatio,
        DeviceHour measured) {

    private static final MathContext QUOTIENT = new MathContext(UnitEconomics.DIGITS, RoundingMode.HALF_EVEN);

    /**
     * The allocated cost of a million input tokens that were not cached.
     *
     * @return the price, empty if there were none
     */
    public Optional<BigDecimal> allocatedPerMillionInput() {
        return perMillion(input, measured.inputTokens());
    }

    /**
     * The allocated cost of a million cached input tokens.
     *
     * @return the price, empty if there were none
     */
    public Optional<BigDecimal> allocatedPerMillionCachedInput() {
        return perMillion(cachedInput, measured.cachedInputTokens());
    }

    /**
     * The allocated cost of a million output tokens.
     *
     * @return the price, empty if there were none
     */
    public Optional<BigDecimal> allocatedPerMillionOutput() {
        return perMillion(output, measured.outputTokens());
    }

    /**
     * The marginal cost of a million input tokens that were not cached.
     *
     * @return the price, empty if there were none
     */
    public Optional<BigDecimal> marginalPerMillionInput() {
        return perMillion(marginalInput, measured.inputTokens());
    }

    /**
     * The marginal cost of a million output tokens.
     *
     * @return the price, empty if there were none
     */
    public Optional<BigDecimal> marginalPerMillionOutput() {
        return perMillion(marginalOutput, measured.outputTokens());
    }

    private static Optional<BigDecimal> perMillion(BigDecimal cost, long tokens) {
        return tokens == 0
                ? Optional.empty()
                : Optional.of(cost.movePointRight(6).divide(BigDecimal.valueOf(tokens), QUOTIENT));
    }
}
