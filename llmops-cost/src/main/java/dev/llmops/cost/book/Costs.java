package dev.llmops.cost.book;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostComponent;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.cost.usage.UsageMaps;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Arithmetic on stored costs.
 *
 * @since 0.1.0
 */
public final class Costs {

    private Costs() {}

    public static Cost unpriced(String currency, List<CostComponent> components, String reason) {
        return new Cost(CostState.UNPRICED, null, currency, components, null, reason, null);
    }

    /**
     * Adds up the amounts of components.
     *
     * @param components what was billed
     * @return the exact sum, 0 for no component
     */
    public static BigDecimal sum(List<CostComponent> components) {
        return components.stream().map(CostComponent::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /**
     * Recomputes the total of a stored cost from the quantities and prices of its components. A component is
     * quantity × price ÷ per, exact where that decimal ends and rounded half even to 15 decimals where it does not; the
     * total is the exact sum of the components. This is the only rounding there is.
     *
     * @param cost a cost with its components
     * @return the total, equal to the amount of any cost that this library computed
     */
    public static BigDecimal replay(Cost cost) {
        return cost.components().stream()
                .map(each -> UnitPrice.amount(each.quantity(), each.price(), each.per()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /**
     * Reconstructs usage from a stored cost: the quantities of its components, as the
     * disjoint parts that they are. A kind that had no price of its own at the time is counted with its whole.
     *
     * @param cost a cost whose components are named after kinds of usage
     * @return the usage, in the inclusive form
     * @throws IllegalArgumentException if a component is no kind of usage
     */
    public static TokenUsage usage(Cost cost) {
        Map<String, BigDecimal> quantities = new HashMap<>();
        cost.components().forEach(each -> quantities.merge(each.bucket(), each.quantity(), BigDecimal::add));
        return UsageMaps.exclusive(quantities);
    }

    /**
     * The cost of a past call at other prices, as a correction of its stored cost. The provider's own figure stays
     * beside it.
     *
     * @param stored the cost as it was recorded
     * @param repriced the cost of the same usage and instant at the right prices
     * @return the new cost in state {@link CostState#CORRECTED}, or empty if it has no amount or the amount is the same
     */
    public static Optional<Cost> correction(Cost stored, Cost repriced) {
        BigDecimal right = repriced.amountOrNull();
        BigDecimal wrong = stored.amountOrNull();
        boolean sameCurrency = stored.currency().equals(repriced.currency());
        if (right == null || (wrong != null && sameCurrency && right.compareTo(wrong) == 0)) {
            return Optional.empty();
        }
        String was = wrong == null ? "had no amount" : "was " + wrong.toPlainString() + ' ' + stored.currency();
        return Optional.of(new Cost(
                CostState.CORRECTED,
                right,
                repriced.currency(),
                repriced.components(),
                stored.providerReportedOrNull(),
                was + " by price book " + stored.priceBookVersion(),
                repriced.priceBookVersion()));
    }

    /**
     * By how much the provider's own figure exceeds the computed one.
     *
     * @param cost a cost that has both
     * @return the difference, or empty if the provider gave no figure or a part of the usage has no price
     */
    public static Optional<BigDecimal> reportedMinusComputed(Cost cost) {
        boolean computed =
                cost.state() != CostState.UNPRICED && !cost.components().isEmpty();
        return cost.providerReported().filter(reported -> computed).map(reported -> reported.subtract(replay(cost)));
    }

    /**
     * The money of the parts that have a price, also where other parts have none.
     *
     * @param cost a cost
     * @return its amount, or for an unpriced cost the sum of what could be priced: a lower bound, never the cost
     */
    public static BigDecimal pricedPart(Cost cost) {
        return cost.amount().orElseGet(() -> sum(cost.components()));
    }
}
