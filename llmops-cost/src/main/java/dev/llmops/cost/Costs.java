package dev.llmops.cost;

import dev.llmops.core.Cost;
import dev.llmops.core.CostComponent;
import dev.llmops.core.CostState;
import java.math.BigDecimal;
import java.util.List;

/**
 * Arithmetic on stored costs.
 *
 * @since 0.1.0
 */
public final class Costs {

    private Costs() {}

    static Cost unpriced(String currency, List<CostComponent> components, String reason) {
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
     * Computes the total of a stored cost anew from the quantities and prices of its components. A component is
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
     * The money of the parts that have a price, also where other parts have none.
     *
     * @param cost a cost
     * @return its amount, or for an unpriced cost the sum of what could be priced: a lower bound, never the cost
     */
    public static BigDecimal pricedPart(Cost cost) {
        return cost.amount().orElseGet(() -> sum(cost.components()));
    }
}
