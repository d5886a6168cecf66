package dev.llmops.core.record;

import java.math.BigDecimal;
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
        @Nullable String priceId) {}
