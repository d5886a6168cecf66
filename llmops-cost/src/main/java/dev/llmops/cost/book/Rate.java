package dev.llmops.cost.book;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The price of one kind of usage, which may depend on how much was used.
 *
 * <p>A flat price has one step. With several steps, a <em>cliff</em> rate picks one step for the whole call by the
 * number of input tokens, cached ones included; a <em>graduated</em> rate charges each slice of its own quantity at the
 * price of its step.
 *
 * @param steps the steps in ascending order, the first one from 0
 * @param per how many units one price covers, such as 1,000,000 tokens
 * @param graduated true to charge slice by slice, false for a cliff
 * @since 0.1.0
 */
public record Rate(List<Step> steps, BigDecimal per, boolean graduated) {

    /**
     * Checks and copies the steps.
     *
     * @throws IllegalArgumentException if the steps do not begin at 0 or do not ascend, or if {@code per} is not above 0
     */
    public Rate {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || steps.get(0).from() != 0) {
            throw new IllegalArgumentException("steps are " + steps + " — steps that begin at 0");
        }
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).from() <= steps.get(i - 1).from()) {
                throw new IllegalArgumentException("the tiers begin at "
                        + steps.stream().skip(1).map(Step::from).toList()
                        + " tokens — above 0, each above the one before — sort them");
            }
        }
        if (per.signum() <= 0) {
            throw new IllegalArgumentException("per is " + per + " — above 0");
        }
    }

    /**
     * A price that does not depend on the quantity.
     *
     * @param price the price of {@code per} units
     * @param per how many units the price covers
     * @return the rate
     */
    public static Rate flat(BigDecimal price, BigDecimal per) {
        return new Rate(List.of(new Step(0, price, false)), per, false);
    }

    /** Every price that may apply, for 1,000,000 units, rounded up where it does not end. */
    Stream<BigDecimal> pricesPerMillion() {
        return steps.stream()
                .map(Step::price)
                .filter(Objects::nonNull)
                .map(price -> price.movePointRight(6)
                        .divide(per, UnitPrice.ROUNDING_SCALE, RoundingMode.UP)
                        .stripTrailingZeros());
    }

    Step stepAt(long quantity) {
        Step found = steps.get(0);
        for (Step step : steps) {
            if (step.from <= quantity) {
                found = step;
            }
        }
        return found;
    }

    /**
     * A price that holds from some quantity on.
     *
     * @param from the first quantity at which this step holds: a tier that starts <em>above</em> 200,000 is from 200,001
     * @param price the price, or null if the kind has no price of its own from here on
     * @param assumed true if this price was not published but derived, as a fallback is
     * @since 0.1.0
     */
    public record Step(long from, @Nullable BigDecimal price, boolean assumed) {

        /**
         * Checks the step.
         *
         * @throws IllegalArgumentException if the start or the price is below 0
         */
        public Step {
            if (from < 0) {
                throw new IllegalArgumentException("from is " + from + " — 0 or more");
            }
            if (price != null && price.signum() < 0) {
                throw new IllegalArgumentException("price is " + price + " — 0 or more");
            }
        }
    }
}
