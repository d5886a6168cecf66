package dev.llmops.core.record;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cost of a call: an exact decimal, its components, and how far it can be trusted.
 *
 * @param state how far to trust the amount
 * @param amountOrNull the money, or null exactly when the state is {@link CostState#UNPRICED}
 * @param currency ISO 4217 code of the amount, such as {@code USD}
 * @param components what was billed, by price; replaying them gives the amount
 * @param providerReportedOrNull what the provider itself said the call cost, or null
 * @param reason why the state is what it is, or null where it needs no explanation
 * @param priceBookVersion the version of the price book that was used, or null if none was
 * @since 0.1.0
 */
public record Cost(
        CostState state,
        @Nullable BigDecimal amountOrNull,
        String currency,
        List<CostComponent> components,
        @Nullable BigDecimal providerReportedOrNull,
        @Nullable String reason,
        @Nullable String priceBookVersion) {

    /** Room for the product of a price and a count of {@link Decimals#MAX_DIGITS} digits each. */
    private static final int MAX_DIGITS = 2 * Decimals.MAX_DIGITS;

    /**
     * Checks the amount against the state, and copies the components.
     *
     * @param state how far to trust the amount
     * @param amountOrNull the money, or null exactly when unpriced
     * @param currency ISO 4217 code
     * @param components what was billed
     * @param providerReportedOrNull the provider's own figure, or null
     * @param reason why the state is what it is, or null
     * @param priceBookVersion the version of the price book that was used, or null
     * @throws IllegalArgumentException if the amount is missing from a priced cost, present in an unpriced one, or has more
     *     than 120 digits before or after the point
     */
    public Cost {
        if ((amountOrNull == null) != (state == CostState.UNPRICED)) {
            throw new IllegalArgumentException("cost amount does not fit its state (" + amountOrNull + " with " + state
                    + ") — an amount is absent exactly when the state is UNPRICED — use Cost.unpriced(currency)");
        }
        if (amountOrNull != null) {
            Decimals.require("cost amount", MAX_DIGITS, amountOrNull);
        }
        if (providerReportedOrNull != null) {
            Decimals.require("reported cost", MAX_DIGITS, providerReportedOrNull);
        }
        components = components instanceof ComponentsOnDemand ? components : List.copyOf(components);
    }

    /**
     * Creates a cost that needs no explanation and came from no price book.
     *
     * @param state how far to trust the amount
     * @param amountOrNull the money, or null exactly when the state is {@link CostState#UNPRICED}
     * @param currency ISO 4217 code of the amount
     * @param components what was billed, by price
     * @param providerReportedOrNull what the provider itself said the call cost, or null
     */
    public Cost(
            CostState state,
            @Nullable BigDecimal amountOrNull,
            String currency,
            List<CostComponent> components,
            @Nullable BigDecimal providerReportedOrNull) {
        this(state, amountOrNull, currency, components, providerReportedOrNull, null, null);
    }

    /**
     * Creates a cost without an amount.
     *
     * @param currency ISO 4217 code that an amount would have had
     * @return an unpriced cost
     */
    public static Cost unpriced(String currency) {
        return new Cost(CostState.UNPRICED, null, currency, List.of(), null);
    }

    /**
     * Returns the amount.
     *
     * @return the amount, empty when unpriced
     */
    public Optional<BigDecimal> amount() {
        return Optional.ofNullable(amountOrNull);
    }

    /**
     * Returns the cost that the provider reported.
     *
     * @return the provider's figure, empty when it gave none
     */
    public Optional<BigDecimal> providerReported() {
        return Optional.ofNullable(providerReportedOrNull);
    }
}
