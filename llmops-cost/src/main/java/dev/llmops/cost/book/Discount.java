package dev.llmops.cost.book;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A percentage off the list prices of a provider or of some of its models, for a time. Several that hold are multiplied.
 * Price ids say so, as in {@code openai/gpt-4o#input_tokens*acme-2026(-10%)}, so that the list price can be told from the
 * contracted one.
 *
 * @param id names the discount, 1 to 60 letters, digits, dots, dashes or underscores
 * @param provider the id of the provider in the book, or null for all; also where another provider resells its models
 * @param model the models, or null for all
 * @param from when it begins to hold, or null for always
 * @param until when it ceases to hold, or null for never
 * @param percent above 0 and below 100
 * @since 0.1.0
 */
public record Discount(
        String id,
        @Nullable String provider,
        @Nullable ModelMatch model,
        @Nullable Instant from,
        @Nullable Instant until,
        BigDecimal percent) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,60}");
    private static final Pattern IN_PRICE_ID = Pattern.compile("\\*[^*]*\\(-([0-9.]+)%\\)");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /**
     * Checks the terms.
     *
     * @throws IllegalArgumentException if the id or the percentage breaks its rule, or the time is empty
     */
    public Discount {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("id is '" + id + "' — a text that matches " + ID);
        }
        if (percent.signum() <= 0 || percent.compareTo(HUNDRED) >= 0) {
            throw new IllegalArgumentException("percent is " + percent + " — above 0 and below 100");
        }
        if (from != null && until != null && !from.isBefore(until)) {
            throw new IllegalArgumentException("until is " + until + " — after from, which is " + from);
        }
    }

    /**
     * Returns a discount on all models of a provider, at any time.
     *
     * @param id names the discount
     * @param provider the id of the provider in the book
     * @param percent above 0 and below 100
     * @return the discount
     */
    public static Discount of(String id, String provider, BigDecimal percent) {
        return new Discount(id, provider, null, null, null, percent);
    }

    /** Returns true if it is a discount of this provider alone. */
    boolean isOf(String id) {
        return id.equalsIgnoreCase(provider);
    }

    boolean appliesTo(ModelPrices prices) {
        return (provider == null || isOf(prices.provider())) && (model == null || model.matches(prices.model()));
    }

    Adjustment adjustment() {
        BigDecimal factor = BigDecimal.ONE.subtract(percent.movePointLeft(2));
        String name = id + "(-" + percent.stripTrailingZeros().toPlainString() + "%)";
        return new Adjustment(name, from, until, Conditions.NONE, 0, factor, EnumSet.allOf(Adjustment.Side.class));
    }

    /**
     * Returns the price before the discounts that a price id names.
     *
     * @param price the price after them
     * @param priceId the id of the price, or null
     * @return the list price, exactly
     */
    public static BigDecimal listPrice(BigDecimal price, @Nullable String priceId) {
        BigDecimal list = price;
        Matcher discounts = IN_PRICE_ID.matcher(priceId == null ? "" : priceId);
        while (discounts.find()) {
            BigDecimal factor = BigDecimal.ONE.subtract(new BigDecimal(discounts.group(1)).movePointLeft(2));
            list = list.divide(factor);
        }
        return list;
    }
}
