package dev.llmops.core.record;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The part of a call's usage that is billed at one price: {@code amount = quantity × price ÷ per}, exactly.
 *
 * @param bucket what is billed, such as {@code input_tokens} or {@code cache_read_tokens}
 * @param quantity how many units
 * @param price the price of {@code per} units, in the currency of the cost
 * @param per how many units the price covers, such as 1,000,000
 * @param amount the money, unrounded
 * @param priceId the entry of the price book that said so, or null when there is none
 * @since 0.1.0
 */
public record CostComponent(
        String bucket,
        BigDecimal quantity,
        BigDecimal price,
        BigDecimal per,
        BigDecimal amount,
        @Nullable String priceId) {

    /**
     * Returns components that are made when they are first read, for a cost whose components most readers never look at.
     *
     * @param make makes the components; the same ones however often, and from any thread
     * @return an unmodifiable list, which a {@link Cost} keeps as it is
     */
    public static List<CostComponent> onDemand(Supplier<List<CostComponent>> make) {
        return new ComponentsOnDemand(make);
    }
}
